import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../local/service.ts';
import { DOCUMENTS, tryDocument } from './nothing-found.ts';

const InstanceId = ['i-0123456789abcdef0'];
const SecurityGroupId = ['sg-0123456789abcdef0'];
const AutomationAssumeRole = ['arn:aws:iam::123456789012:role/remediator/runbook'];
const bucket = ['a-bucket'];
const trail = ['a-trail'];

interface Trial {
  readonly parameters: JsonObject;
  /** What it changes where no read finds anything: what its parameters alone, or the lack of something, decide. @default [] */
  readonly changes?: readonly string[];
}

const CONTAIN = { InstanceId, BackupS3BucketName: bucket, BackupS3BucketAccess: AutomationAssumeRole };

const TRIALS: Readonly<Record<string, Trial>> = {
  'Remediator-AttachManagedPolicy': {
    parameters: { Role: ['AROAAAAAAAAAAAAAAAAAA'], PolicyArn: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
  },
  'Remediator-EnableCloudTrail': {
    parameters: { CloudTrailName: trail, CloudTrailS3BucketName: bucket, CloudTrailKmsKeyId: ['k'] },
  },
  'Remediator-InstallApplication': { parameters: { InstanceId, PackageName: ['package'] } },
  'Remediator-InstallMissingPatches': { parameters: { InstanceId } },
  'Remediator-IsolateEC2Instance': { parameters: { InstanceId } },
  'Remediator-ManageInstanceWithSystemsManager': {
    parameters: { InstanceId, InstanceProfileName: ['profile'] },
  },
  'Remediator-ReleaseEC2Instance': { parameters: { InstanceId } },
  'Remediator-RunFailedAssociations': { parameters: { InstanceId } },
  'Remediator-SetRequiredTags': {
    parameters: { ResourceId: ['a'], ResourceType: ['AWS::S3::Bucket'], RequiredTags: ['{"k":"v"}'] },
  },
  'Remediator-StopApplication': { parameters: { InstanceId, ApplicationName: ['app'] } },
  'AWS-AttachIAMToInstance': {
    parameters: { InstanceId, RoleName: ['role'] },
    changes: ['iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile'],
  },
  'AWS-CloseSecurityGroup': { parameters: { SecurityGroupId } },
  'AWS-DisableIncomingSSHOnPort22': { parameters: { SecurityGroupIds: SecurityGroupId } },
  'AWS-DisablePublicAccessForSecurityGroup': { parameters: { GroupId: SecurityGroupId } },
  'AWS-DisableS3BucketPublicReadWrite': {
    parameters: { S3BucketName: bucket },
    changes: ['s3:PutPublicAccessBlock'],
  },
  'AWS-EnableCloudTrail': {
    parameters: { S3BucketName: bucket, TrailName: trail },
    changes: ['cloudtrail:CreateTrail'],
  },
  'AWS-PatchAsgInstance': { parameters: { InstanceId } },
  'AWS-PatchInstanceWithRollback': { parameters: { InstanceId } },
  'AWS-QuarantineEC2Instance': { parameters: { InstanceId, IsolationSecurityGroup: SecurityGroupId } },
  'AWS-ReleaseElasticIP': {
    parameters: { AllocationId: ['eipalloc-0123456789abcdef0'] },
    changes: ['ec2:ReleaseAddress'],
  },
  'AWS-SetRequiredTags': {
    parameters: { ResourceARNs: ['arn:aws:s3:::a-bucket'], RequiredTags: ['{"k":"v"}'] },
    changes: ['resourcegroupstaggingapi:TagResources'],
  },
  'AWS-StopEC2Instance': { parameters: { InstanceId }, changes: ['automation:aws:changeInstanceState'] },
  'AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock': {
    parameters: { BucketName: bucket, AutomationAssumeRole },
    changes: ['s3:PutPublicAccessBlock'],
  },
  'AWSConfigRemediation-CreateCloudTrailMultiRegionTrail': {
    parameters: { BucketName: bucket, TrailName: trail, AutomationAssumeRole },
    changes: ['cloudtrail:CreateTrail', 'cloudtrail:StartLogging'],
  },
  'AWSConfigRemediation-DeleteUnusedEBSVolume': {
    parameters: { VolumeId: ['vol-0123456789abcdef0'], AutomationAssumeRole },
  },
  'AWSConfigRemediation-EnableCloudTrailEncryptionWithKMS': {
    parameters: { KMSKeyId: ['alias/k'], TrailName: trail, AutomationAssumeRole },
    changes: ['cloudtrail:UpdateTrail'],
  },
  'AWSConfigRemediation-EnableCloudTrailLogFileValidation': {
    parameters: { TrailName: trail, AutomationAssumeRole },
    changes: ['cloudtrail:UpdateTrail'],
  },
  'AWSConfigRemediation-EnforceEC2InstanceIMDSv2': {
    parameters: { InstanceId, AutomationAssumeRole },
    changes: ['ec2:ModifyInstanceMetadataOptions'],
  },
  'AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules': {
    parameters: { SecurityGroupId, AutomationAssumeRole },
  },
  'AWSConfigRemediation-RevokeUnusedIAMUserCredentials': {
    parameters: { IAMResourceId: ['AIDAAAAAAAAAAAAAAAAA'], AutomationAssumeRole },
  },
  'AWSSupport-ContainEC2Instance': {
    parameters: { ...CONTAIN, Action: ['Contain'], DryRun: ['false'], CreateAMIBackup: ['true'] },
  },
  'AWSSupport-TroubleshootManagedInstance': { parameters: { InstanceId } },
  'Local-Report': { parameters: { Text: ['a'] } },
  'Local-RequireInputs': { parameters: {} },
};

describe('a document of ours whose reads find nothing', () => {
  it('is any of them', () => {
    expect(Object.keys(TRIALS).sort()).toEqual([...DOCUMENTS].sort());
  });

  it.each(Object.entries(TRIALS))('%s', async (name, { parameters, changes = [] }) => {
    const tried = await tryDocument(name, parameters, () => true);
    const made = tried.changes.map(({ service, operation }) => `${service}:${operation}`);
    expect(made, tried.shown.FailureMessage).toEqual(changes);
  });
});

/** What must be in no call that changes something: tokens, the text of an empty list, and nothing at all. */
function holesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ['an empty list'] : value.flatMap(holesIn);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(holesIn);
  if (value === undefined || value === null || value === '') return [String(value)];
  return typeof value === 'string' && /\{\{|^\[\]$|undefined/.test(value) ? [value] : [];
}

describe('a document of ours one of whose reads finds nothing', () => {
  it.each(Object.entries(TRIALS))('%s changes nothing by it', async (name, { parameters }) => {
    const open: (string | undefined)[] = [undefined];
    const seen = new Set(open);
    for (const empty of open) {
      const { changes, reads } = await tryDocument(name, parameters, (step) => step === empty);
      const holes = changes.filter(({ input }) => holesIn(input).length > 0);
      expect(holes, `where ${empty} finds nothing`).toEqual([]);
      for (const step of reads) if (!seen.has(step)) open.push(step);
      for (const step of reads) seen.add(step);
    }
  });
});
