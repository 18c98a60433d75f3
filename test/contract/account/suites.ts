import { autoScalingGroups } from './autoscaling-groups.suite.ts';
import { autoScalingInstances } from './autoscaling-instances.suite.ts';
import { cloudTrails } from './cloudtrail.suite.ts';
import { trailSettings } from './cloudtrail-settings.suite.ts';
import { configItems } from './config.suite.ts';
import type { Suite } from './contract.ts';
import { ec2Addresses } from './ec2-addresses.suite.ts';
import { ec2Attributes } from './ec2-attributes.suite.ts';
import { ec2Images } from './ec2-images.suite.ts';
import { ec2LaunchTemplates } from './ec2-launch-templates.suite.ts';
import { ec2Profiles } from './ec2-profiles.suite.ts';
import { ec2Volumes } from './ec2-volumes.suite.ts';
import { iamAccess } from './iam-access.suite.ts';
import { iamBoundaries } from './iam-boundaries.suite.ts';
import { iamPolicies } from './iam-policies.suite.ts';
import { iamRoles } from './iam-roles.suite.ts';
import { instances } from './instances.suite.ts';
import { interfaceAttachments } from './interface-attachments.suite.ts';
import { kmsKeys } from './kms.suite.ts';
import { network } from './network.suite.ts';
import { refusals } from './refusals.suite.ts';
import { revokingRules } from './revoke.suite.ts';
import { securityGroupRules } from './rules.suite.ts';
import { s3Access } from './s3-access.suite.ts';
import { s3Buckets } from './s3-buckets.suite.ts';
import { s3MultipartUploads } from './s3-multipart.suite.ts';
import { s3ObjectTags } from './s3-object-tags.suite.ts';
import { s3Objects } from './s3-objects.suite.ts';
import { securityGroups } from './security-groups.suite.ts';
import { ssmCommands } from './ssm-commands.suite.ts';
import { ssmParameters } from './ssm-parameters.suite.ts';
import { tags } from './tags.suite.ts';

/** The whole contract, by what it is about. */
export const suites: Readonly<Record<string, Suite>> = {
  'security groups': securityGroups,
  'security group rules': securityGroupRules,
  'revoking rules': revokingRules,
  instances,
  network,
  'EC2 network interface attachments': interfaceAttachments,
  tags,
  'Auto Scaling groups': autoScalingGroups,
  'Auto Scaling instances': autoScalingInstances,
  'EC2 images': ec2Images,
  'EC2 volumes and snapshots': ec2Volumes,
  'EC2 instance profiles': ec2Profiles,
  'EC2 launch templates': ec2LaunchTemplates,
  'EC2 instance attributes': ec2Attributes,
  'EC2 addresses, regions and zones': ec2Addresses,
  'IAM roles and instance profiles': iamRoles,
  'IAM policies': iamPolicies,
  'IAM users, keys and passwords': iamAccess,
  'IAM boundaries and users': iamBoundaries,
  'S3 buckets': s3Buckets,
  'S3 access': s3Access,
  'S3 objects': s3Objects,
  'S3 object tags': s3ObjectTags,
  'S3 multipart uploads': s3MultipartUploads,
  'CloudTrail trails': cloudTrails,
  'CloudTrail settings': trailSettings,
  'KMS keys': kmsKeys,
  refusals,
  'AWS Config': configItems,
  'Systems Manager parameters': ssmParameters,
  'Systems Manager commands and instances': ssmCommands,
};
