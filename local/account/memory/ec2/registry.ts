import type { MemoryOperation } from '../operation.ts';
import { allocateAddress } from './operations/allocate-address.ts';
import { associateAddress } from './operations/associate-address.ts';
import { associateIamInstanceProfile } from './operations/associate-iam-instance-profile.ts';
import { attachNetworkInterface } from './operations/attach-network-interface.ts';
import { attachVolume } from './operations/attach-volume.ts';
import { authorizeSecurityGroupEgress } from './operations/authorize-security-group-egress.ts';
import { authorizeSecurityGroupIngress } from './operations/authorize-security-group-ingress.ts';
import { copyImage } from './operations/copy-image.ts';
import { copySnapshot } from './operations/copy-snapshot.ts';
import { createImage } from './operations/create-image.ts';
import { createLaunchTemplate } from './operations/create-launch-template.ts';
import { createLaunchTemplateVersion } from './operations/create-launch-template-version.ts';
import { createNetworkInterface } from './operations/create-network-interface.ts';
import { createSecurityGroup } from './operations/create-security-group.ts';
import { createSnapshot } from './operations/create-snapshot.ts';
import { createSubnet } from './operations/create-subnet.ts';
import { createTags } from './operations/create-tags.ts';
import { createVolume } from './operations/create-volume.ts';
import { createVpc } from './operations/create-vpc.ts';
import { deleteLaunchTemplate } from './operations/delete-launch-template.ts';
import { deleteNetworkInterface } from './operations/delete-network-interface.ts';
import { deleteSecurityGroup } from './operations/delete-security-group.ts';
import { deleteSnapshot } from './operations/delete-snapshot.ts';
import { deleteTags } from './operations/delete-tags.ts';
import { deleteVolume } from './operations/delete-volume.ts';
import { deregisterImage } from './operations/deregister-image.ts';
import { describeAddresses } from './operations/describe-addresses.ts';
import { describeAvailabilityZones } from './operations/describe-availability-zones.ts';
import { describeIamInstanceProfileAssociations } from './operations/describe-iam-instance-profile-associations.ts';
import { describeImageAttribute } from './operations/describe-image-attribute.ts';
import { describeImages } from './operations/describe-images.ts';
import { describeInstanceAttribute } from './operations/describe-instance-attribute.ts';
import { describeInstanceStatus } from './operations/describe-instance-status.ts';
import { describeInstances } from './operations/describe-instances.ts';
import { describeLaunchTemplateVersions } from './operations/describe-launch-template-versions.ts';
import { describeLaunchTemplates } from './operations/describe-launch-templates.ts';
import { describeNetworkInterfaces } from './operations/describe-network-interfaces.ts';
import { describeRegions } from './operations/describe-regions.ts';
import { describeSecurityGroupRules } from './operations/describe-security-group-rules.ts';
import { describeSecurityGroups } from './operations/describe-security-groups.ts';
import { describeSnapshotAttribute } from './operations/describe-snapshot-attribute.ts';
import { describeSnapshots } from './operations/describe-snapshots.ts';
import { describeSubnets } from './operations/describe-subnets.ts';
import { describeTags } from './operations/describe-tags.ts';
import { describeVolumes } from './operations/describe-volumes.ts';
import { describeVolumesModifications } from './operations/describe-volumes-modifications.ts';
import { describeVpcs } from './operations/describe-vpcs.ts';
import { detachNetworkInterface } from './operations/detach-network-interface.ts';
import { detachVolume } from './operations/detach-volume.ts';
import { disableEbsEncryptionByDefault } from './operations/disable-ebs-encryption-by-default.ts';
import { disassociateAddress } from './operations/disassociate-address.ts';
import { disassociateIamInstanceProfile } from './operations/disassociate-iam-instance-profile.ts';
import { enableEbsEncryptionByDefault } from './operations/enable-ebs-encryption-by-default.ts';
import { getEbsEncryptionByDefault } from './operations/get-ebs-encryption-by-default.ts';
import { modifyImageAttribute } from './operations/modify-image-attribute.ts';
import { modifyInstanceAttribute } from './operations/modify-instance-attribute.ts';
import { modifyInstanceMetadataOptions } from './operations/modify-instance-metadata-options.ts';
import { modifyLaunchTemplate } from './operations/modify-launch-template.ts';
import { modifyNetworkInterfaceAttribute } from './operations/modify-network-interface-attribute.ts';
import { modifySecurityGroupRules } from './operations/modify-security-group-rules.ts';
import { modifySnapshotAttribute } from './operations/modify-snapshot-attribute.ts';
import { modifyVolume } from './operations/modify-volume.ts';
import { monitorInstances } from './operations/monitor-instances.ts';
import { rebootInstances } from './operations/reboot-instances.ts';
import { registerImage } from './operations/register-image.ts';
import { releaseAddress } from './operations/release-address.ts';
import { replaceIamInstanceProfileAssociation } from './operations/replace-iam-instance-profile-association.ts';
import { resetImageAttribute } from './operations/reset-image-attribute.ts';
import { resetSnapshotAttribute } from './operations/reset-snapshot-attribute.ts';
import { revokeSecurityGroupEgress } from './operations/revoke-security-group-egress.ts';
import { revokeSecurityGroupIngress } from './operations/revoke-security-group-ingress.ts';
import { runInstancesByTemplate } from './operations/run-instances-by-template.ts';
import { startInstances } from './operations/start-instances.ts';
import { stopInstances } from './operations/stop-instances.ts';
import { terminateInstances } from './operations/terminate-instances.ts';
import { unmonitorInstances } from './operations/unmonitor-instances.ts';

/** What the in-memory account knows of EC2. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
export const ec2Operations = {
  'ec2.AllocateAddress': allocateAddress,
  'ec2.AssociateAddress': associateAddress,
  'ec2.AssociateIamInstanceProfile': associateIamInstanceProfile,
  'ec2.AttachNetworkInterface': attachNetworkInterface,
  'ec2.AttachVolume': attachVolume,
  'ec2.AuthorizeSecurityGroupEgress': authorizeSecurityGroupEgress,
  'ec2.AuthorizeSecurityGroupIngress': authorizeSecurityGroupIngress,
  'ec2.CopyImage': copyImage,
  'ec2.CopySnapshot': copySnapshot,
  'ec2.CreateImage': createImage,
  'ec2.CreateLaunchTemplate': createLaunchTemplate,
  'ec2.CreateLaunchTemplateVersion': createLaunchTemplateVersion,
  'ec2.CreateNetworkInterface': createNetworkInterface,
  'ec2.CreateSecurityGroup': createSecurityGroup,
  'ec2.CreateSnapshot': createSnapshot,
  'ec2.CreateSubnet': createSubnet,
  'ec2.CreateTags': createTags,
  'ec2.CreateVolume': createVolume,
  'ec2.CreateVpc': createVpc,
  'ec2.DeleteLaunchTemplate': deleteLaunchTemplate,
  'ec2.DeleteNetworkInterface': deleteNetworkInterface,
  'ec2.DeleteSecurityGroup': deleteSecurityGroup,
  'ec2.DeleteSnapshot': deleteSnapshot,
  'ec2.DeleteTags': deleteTags,
  'ec2.DeleteVolume': deleteVolume,
  'ec2.DeregisterImage': deregisterImage,
  'ec2.DescribeAddresses': describeAddresses,
  'ec2.DescribeAvailabilityZones': describeAvailabilityZones,
  'ec2.DescribeIamInstanceProfileAssociations': describeIamInstanceProfileAssociations,
  'ec2.DescribeImageAttribute': describeImageAttribute,
  'ec2.DescribeImages': describeImages,
  'ec2.DescribeInstanceAttribute': describeInstanceAttribute,
  'ec2.DescribeInstanceStatus': describeInstanceStatus,
  'ec2.DescribeInstances': describeInstances,
  'ec2.DescribeLaunchTemplateVersions': describeLaunchTemplateVersions,
  'ec2.DescribeLaunchTemplates': describeLaunchTemplates,
  'ec2.DescribeNetworkInterfaces': describeNetworkInterfaces,
  'ec2.DescribeRegions': describeRegions,
  'ec2.DescribeSecurityGroupRules': describeSecurityGroupRules,
  'ec2.DescribeSecurityGroups': describeSecurityGroups,
  'ec2.DescribeSnapshotAttribute': describeSnapshotAttribute,
  'ec2.DescribeSnapshots': describeSnapshots,
  'ec2.DescribeSubnets': describeSubnets,
  'ec2.DescribeTags': describeTags,
  'ec2.DescribeVolumes': describeVolumes,
  'ec2.DescribeVolumesModifications': describeVolumesModifications,
  'ec2.DescribeVpcs': describeVpcs,
  'ec2.DetachNetworkInterface': detachNetworkInterface,
  'ec2.DetachVolume': detachVolume,
  'ec2.DisableEbsEncryptionByDefault': disableEbsEncryptionByDefault,
  'ec2.DisassociateAddress': disassociateAddress,
  'ec2.DisassociateIamInstanceProfile': disassociateIamInstanceProfile,
  'ec2.EnableEbsEncryptionByDefault': enableEbsEncryptionByDefault,
  'ec2.GetEbsEncryptionByDefault': getEbsEncryptionByDefault,
  'ec2.ModifyImageAttribute': modifyImageAttribute,
  'ec2.ModifyInstanceAttribute': modifyInstanceAttribute,
  'ec2.ModifyInstanceMetadataOptions': modifyInstanceMetadataOptions,
  'ec2.ModifyLaunchTemplate': modifyLaunchTemplate,
  'ec2.ModifyNetworkInterfaceAttribute': modifyNetworkInterfaceAttribute,
  'ec2.ModifySecurityGroupRules': modifySecurityGroupRules,
  'ec2.ModifySnapshotAttribute': modifySnapshotAttribute,
  'ec2.ModifyVolume': modifyVolume,
  'ec2.MonitorInstances': monitorInstances,
  'ec2.RebootInstances': rebootInstances,
  'ec2.RegisterImage': registerImage,
  'ec2.ReleaseAddress': releaseAddress,
  'ec2.ReplaceIamInstanceProfileAssociation': replaceIamInstanceProfileAssociation,
  'ec2.ResetImageAttribute': resetImageAttribute,
  'ec2.ResetSnapshotAttribute': resetSnapshotAttribute,
  'ec2.RevokeSecurityGroupEgress': revokeSecurityGroupEgress,
  'ec2.RevokeSecurityGroupIngress': revokeSecurityGroupIngress,
  'ec2.RunInstances': runInstancesByTemplate,
  'ec2.StartInstances': startInstances,
  'ec2.StopInstances': stopInstances,
  'ec2.TerminateInstances': terminateInstances,
  'ec2.UnmonitorInstances': unmonitorInstances,
} as const satisfies Readonly<Record<`ec2.${string}`, MemoryOperation>>;
