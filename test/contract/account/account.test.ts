import { createMemoryAccount } from '../../../local/account/memory/memory-account.ts';
import { createRemoteAccount } from '../../../local/account/remote.ts';
import { systemClock } from '../../../local/clock.ts';
import { randomIds } from '../../../local/ids.ts';
import { createSystemsManager } from '../../../local/ssm/systems-manager.ts';
import { motoNote, runsMoto, startMoto } from '../../helpers/moto.ts';
import { startTestEndpoint } from '../../unit/local/endpoint/start-endpoint.ts';
import { RecordingBus } from '../../unit/local/ssm/automation/support.ts';
import { autoScalingDeviations } from './autoscaling-deviations.ts';
import { autoScalingGroups } from './autoscaling-groups.suite.ts';
import { autoScalingInstances } from './autoscaling-instances.suite.ts';
import { cloudTrails } from './cloudtrail.suite.ts';
import { trailSettings } from './cloudtrail-settings.suite.ts';
import { configItems } from './config.suite.ts';
import { configDeviations } from './config-deviations.ts';
import { runContract, type Target } from './contract.ts';
import { ec2Addresses } from './ec2-addresses.suite.ts';
import { ec2Attributes } from './ec2-attributes.suite.ts';
import { ec2Deviations } from './ec2-deviations.ts';
import { ec2Images } from './ec2-images.suite.ts';
import { ec2Profiles } from './ec2-profiles.suite.ts';
import { ec2Volumes } from './ec2-volumes.suite.ts';
import { iamAccess } from './iam-access.suite.ts';
import { iamDeviations } from './iam-deviations.ts';
import { iamPolicies } from './iam-policies.suite.ts';
import { iamRoles } from './iam-roles.suite.ts';
import { instances } from './instances.suite.ts';
import { interfaceAttachments } from './interface-attachments.suite.ts';
import { kmsKeys } from './kms.suite.ts';
import { motoDeviations } from './moto-deviations.ts';
import { network } from './network.suite.ts';
import { revokingRules } from './revoke.suite.ts';
import { securityGroupRules } from './rules.suite.ts';
import { s3Access } from './s3-access.suite.ts';
import { s3Buckets } from './s3-buckets.suite.ts';
import { s3MultipartUploads } from './s3-multipart.suite.ts';
import { s3ObjectTags } from './s3-object-tags.suite.ts';
import { s3Objects } from './s3-objects.suite.ts';
import { securityGroups } from './security-groups.suite.ts';
import { ssmCommands } from './ssm-commands.suite.ts';
import { ssmDeviations } from './ssm-deviations.ts';
import { ssmParameters } from './ssm-parameters.suite.ts';
import { tags } from './tags.suite.ts';

/** The account in memory, and the Systems Manager that manages its instances. */
function newMemoryAccount() {
  const deps = { clock: systemClock, ids: randomIds, accountId: '012345678901' };
  const memory = createMemoryAccount(deps);
  return { memory, ...createSystemsManager({ ...deps, account: memory, events: new RecordingBus() }) };
}

const targets: readonly Target[] = [
  {
    name: 'in memory',
    start: async () => {
      const { account } = newMemoryAccount();
      return { account, [Symbol.asyncDispose]: () => account.close() };
    },
  },
  {
    name: 'in memory, over the wire, by the AWS SDK',
    start: async () => {
      const { memory, service } = newMemoryAccount();
      const served = await startTestEndpoint({ services: [service], account: memory });
      const account = createRemoteAccount({ endpoint: served.url });
      return {
        account,
        [Symbol.asyncDispose]: async () => {
          await account.close();
          await served[Symbol.asyncDispose]();
        },
      };
    },
  },
  {
    name: 'moto',
    skipped: runsMoto ? undefined : motoNote,
    deviations: new Map([
      ...motoDeviations,
      ...autoScalingDeviations,
      ...ec2Deviations,
      ...iamDeviations,
      ...configDeviations,
      ...ssmDeviations,
    ]),
    start: async () => {
      const moto = await startMoto();
      const account = createRemoteAccount({ endpoint: moto.endpoint });
      return {
        account,
        [Symbol.asyncDispose]: async () => {
          await account.close();
          await moto.close();
        },
      };
    },
  },
];

const suites = {
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
  'EC2 instance attributes': ec2Attributes,
  'EC2 addresses, regions and zones': ec2Addresses,
  'IAM roles and instance profiles': iamRoles,
  'IAM policies': iamPolicies,
  'IAM users, keys and passwords': iamAccess,
  'S3 buckets': s3Buckets,
  'S3 access': s3Access,
  'S3 objects': s3Objects,
  'S3 object tags': s3ObjectTags,
  'S3 multipart uploads': s3MultipartUploads,
  'CloudTrail trails': cloudTrails,
  'CloudTrail settings': trailSettings,
  'KMS keys': kmsKeys,
  'AWS Config': configItems,
  'Systems Manager parameters': ssmParameters,
  'Systems Manager commands and instances': ssmCommands,
};

for (const target of targets) runContract(target, suites);
