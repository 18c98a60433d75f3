import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DIRECTORY } from './stand-in.ts';

interface Parameter {
  readonly type: string;
  readonly default?: unknown;
}

/** A parameter in short: its type, `*` where it is required, and its default after `=`. */
const optional = "String=''";
const BASE = { AutomationAssumeRole: optional };
const CONFIG = { AutomationAssumeRole: 'String*' };

/** AWS's parameters, as the runbook reference has them. */
const AWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS-DisablePublicAccessForSecurityGroup': { ...BASE, GroupId: 'String*', IpAddressToBlock: optional },
  'AWS-DisableIncomingSSHOnPort22': { ...BASE, SecurityGroupIds: 'String*' },
  'AWS-CloseSecurityGroup': { ...BASE, SecurityGroupId: 'String*' },
  'AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules': { ...CONFIG, SecurityGroupId: 'String*' },
  'AWSSupport-ContainEC2Instance': {
    ...BASE,
    InstanceId: 'String*',
    Action: 'String*',
    DryRun: 'Boolean=true',
    CreateAMIBackup: 'Boolean=false',
    KmsKey: "String='alias/aws/ebs'",
    BackupS3BucketName: optional,
    BackupS3KeyName: optional,
    BackupS3BucketAccess: 'StringList=[]',
    TagIdentifier: optional,
    IngressTrafficRules: 'MapList=[]',
    EgressTrafficRules: 'MapList=[]',
  },
  'AWS-QuarantineEC2Instance': { ...BASE, InstanceId: 'String*', IsolationSecurityGroup: 'String*' },
  'AWS-EnableCloudTrail': { ...BASE, S3BucketName: 'String*', TrailName: 'String*' },
  'AWSConfigRemediation-CreateCloudTrailMultiRegionTrail': {
    ...CONFIG,
    BucketName: 'String*',
    TrailName: 'String*',
    KeyPrefix: optional,
  },
  'AWSConfigRemediation-EnableCloudTrailLogFileValidation': { ...CONFIG, TrailName: 'String*' },
  'AWSConfigRemediation-EnableCloudTrailEncryptionWithKMS': {
    ...CONFIG,
    KMSKeyId: 'String*',
    TrailName: 'String*',
  },
  'AWS-DisableS3BucketPublicReadWrite': { ...BASE, S3BucketName: 'String*' },
  'AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock': {
    ...CONFIG,
    BucketName: 'String*',
    BlockPublicAcls: 'Boolean=true',
    BlockPublicPolicy: 'Boolean=true',
    IgnorePublicAcls: 'Boolean=true',
    RestrictPublicBuckets: 'Boolean=true',
  },
  'AWS-PatchInstanceWithRollback': {
    ...BASE,
    InstanceId: 'String*',
    LambdaAssumeRole: optional,
    ReportS3Bucket: optional,
  },
  'AWSSupport-TroubleshootManagedInstance': { ...BASE, InstanceId: 'String*' },
  'AWS-PatchAsgInstance': {
    ...BASE,
    InstanceId: 'String*',
    LambdaRoleArn: optional,
    WaitForInstance: "String='PT2M'",
    WaitForReboot: "String='PT5M'",
  },
  'AWS-AttachIAMToInstance': {
    ...BASE,
    InstanceId: 'String*',
    RoleName: 'String*',
    ForceReplace: 'Boolean=true',
  },
  'AWS-SetRequiredTags': { ...BASE, ResourceARNs: 'StringList=[]', RequiredTags: 'StringMap={}' },
  'AWSConfigRemediation-RevokeUnusedIAMUserCredentials': {
    ...CONFIG,
    IAMResourceId: 'String*',
    MaxCredentialUsageAge: "String='90'",
  },
  'AWSConfigRemediation-EnforceEC2InstanceIMDSv2': {
    ...CONFIG,
    InstanceId: 'String*',
    HttpPutResponseHopLimit: 'Integer=0',
  },
  'AWS-StopEC2Instance': { ...BASE, InstanceId: 'StringList*' },
  'AWSConfigRemediation-DeleteUnusedEBSVolume': {
    ...CONFIG,
    VolumeId: 'String*',
    CreateSnapshot: 'Boolean=true',
  },
  'AWS-ReleaseElasticIP': { ...BASE, AllocationId: 'String*' },
};

/** Not AWS's: what stand-ins are made of. */
const OURS = ['Local-Report', 'Local-RequireInputs'];

const names = readdirSync(DIRECTORY).map((file) => file.replace(/\.yaml$/, ''));

function parametersOf(name: string): Record<string, string> {
  const { parameters } = parse(readFileSync(join(DIRECTORY, `${name}.yaml`), 'utf8')) as {
    parameters: Record<string, Parameter>;
  };
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, short(value)]));
}

function short({ type, default: value }: Parameter): string {
  if (value === undefined) return `${type}*`;
  return `${type}=${typeof value === 'string' ? `'${value}'` : JSON.stringify(value)}`;
}

describe('the stand-ins', () => {
  it('are those of the table', () => {
    expect(names.sort()).toEqual([...Object.keys(AWS), ...OURS].sort());
  });

  it.each(Object.entries(AWS))('%s has the parameters of AWS, and assumes its role', (name, parameters) => {
    expect(parametersOf(name)).toEqual(parameters);
    const { assumeRole } = parse(readFileSync(join(DIRECTORY, `${name}.yaml`), 'utf8')) as {
      assumeRole: string;
    };
    expect(assumeRole).toBe('{{ AutomationAssumeRole }}');
  });
});

/** What AWS's containment consists of. */
const CONTAINMENT_STEPS = [
  'ValidateRequiredInputs',
  'AssertInstanceIsNotTerminated',
  'GetAutoScalingInstanceInfo',
  'CheckBackupS3BucketName',
  'BranchOnActionAndMode',
  'BranchOnAutoScalingGroupMembership',
  'DescribeAutoScalingGroups',
  'ModifyAutoScalingGroup',
  'BackupInstanceSecurityGroups',
  'CreateAllAccessSecurityGroup',
  'CreateContainmentSecurityGroup',
  'BranchOnCreateAMIBackup',
  'AssertSourceInstanceRootVolumeIsEbs',
  'CreateImage',
  'RestoreInstanceConfiguration',
  'ReportContain',
  'ReportRestore',
  'ReportRestoreFailure',
  'ReportContainmentFailure',
  'FinalOutput',
];

describe('AWSSupport-ContainEC2Instance', () => {
  const { mainSteps, outputs } = parse(
    readFileSync(join(DIRECTORY, 'AWSSupport-ContainEC2Instance.yaml'), 'utf8'),
  ) as { mainSteps: { name: string }[]; outputs: string[] };

  it("has the steps of AWS's, and saves before it changes", () => {
    const steps = mainSteps.map(({ name }) => name);
    expect(steps).toEqual(expect.arrayContaining(CONTAINMENT_STEPS));
    expect(steps.indexOf('BackupInstanceSecurityGroups')).toBeLessThan(
      steps.indexOf('ModifyAutoScalingGroup'),
    );
  });

  it("has the outputs of AWS's", () => {
    const reports = ['ReportContain', 'ReportRestore', 'ReportContainmentFailure', 'ReportRestoreFailure'];
    const steps = ['FinalOutput', 'RestoreInstanceConfiguration', ...reports];
    expect(outputs.sort()).toEqual(steps.map((step) => `${step}.Output`).sort());
  });
});
