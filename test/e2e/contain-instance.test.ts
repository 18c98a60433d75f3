import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT_ID, REGION } from '../../local/place.ts';
import { type BootedCloud, bootCloud } from '../helpers/cloud.ts';

const RUNBOOK = 'AWSSupport-ContainEC2Instance';
const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/remediator/contain`;
const KEY = 'containment.json';

describe('U2: a finding of GuardDuty cuts an instance off the network', () => {
  let booted: BootedCloud;
  beforeAll(async () => {
    booted = await bootCloud();
  });
  afterAll(() => booted[Symbol.asyncDispose]());

  const ec2 = (operation: string, input: Record<string, unknown> = {}) =>
    booted.world.call('ec2', operation, input);

  /** Maps a finding to the runbook, with a bucket of its own for the backup. */
  const map = async (checkName: string, bucket: string, parameters: Record<string, string[]> = {}) => {
    await booted.world.call('s3', 'CreateBucket', { Bucket: bucket });
    await booted.world.putMapping({
      checkName,
      ssmAutomationDocument: RUNBOOK,
      automationParameters: JSON.stringify({
        InstanceId: ['$resourceId'],
        Action: ['Contain'],
        DryRun: ['false'],
        BackupS3BucketName: [bucket],
        BackupS3KeyName: [KEY],
        BackupS3BucketAccess: [ROLE],
        AutomationAssumeRole: [ROLE],
        ...parameters,
      }),
      regexPattern: 'i-[0-9a-f]+$',
      automationStatus: true,
    });
  };

  const launch = async () => {
    const launched = await ec2('RunInstances', {
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
    });
    return String(launched.Instances[0].InstanceId);
  };

  const find = async (type: string, instanceId: string) => {
    const { world } = booted;
    await world.putAndWait({
      source: 'aws.guardduty',
      detailType: 'GuardDuty Finding',
      detail: {
        type,
        id: `finding-of-${instanceId}`,
        accountId: ACCOUNT_ID,
        region: REGION,
        severity: 8,
        title: 'Command and Control server domain name queried.',
        updatedAt: new Date().toISOString(),
        resource: { resourceType: 'Instance', instanceDetails: { instanceId } },
        service: { archived: false },
      },
    });
    return world.opsItemOf(`arn:aws:ec2:${REGION}:${ACCOUNT_ID}:instance/${instanceId}`);
  };

  /** The instance's tags, the groups of its interfaces, and all security groups with their rules. */
  const state = async (instanceId: string) => {
    const { Reservations } = await ec2('DescribeInstances', { InstanceIds: [instanceId] });
    const { SecurityGroups } = await ec2('DescribeSecurityGroups');
    const [instance] = Reservations[0].Instances;
    const groups = instance.NetworkInterfaces.map((each: { Groups: unknown }) => each.Groups);
    return { tags: instance.Tags ?? [], groups, all: SecurityGroups };
  };

  test('the instance loses its traffic, and the OpsItem resolves by itself', async () => {
    const type = 'Backdoor:EC2/C&CActivity.B!DNS';
    await map(type, 'contain-for-real');
    const instanceId = await launch();
    const before = await state(instanceId);
    const opsItem = await find(type, instanceId);
    expect(opsItem).toMatchObject({ Status: 'Resolved', Source: 'remediator' });
    const { groups, all } = await state(instanceId);
    const group = all.find((each: { GroupId: string }) => each.GroupId === groups[0][0].GroupId);
    expect(groups[0]).toHaveLength(1);
    expect(group).toMatchObject({ IpPermissions: [], IpPermissionsEgress: [] });

    const restored = await booted.world.runs(RUNBOOK, {
      InstanceId: [instanceId],
      Action: ['Restore'],
      DryRun: ['false'],
      BackupS3BucketName: ['contain-for-real'],
      BackupS3KeyName: [KEY],
    });
    expect(restored.AutomationExecutionStatus).toBe('Success');
    expect(await state(instanceId)).toEqual(before);
  });

  test('a dry run changes nothing', async () => {
    const type = 'CryptoCurrency:EC2/BitcoinTool.B!DNS';
    await map(type, 'contain-dry-run', { DryRun: ['true'] });
    const instanceId = await launch();
    const before = await state(instanceId);
    await find(type, instanceId);
    expect(await state(instanceId)).toEqual(before);
    const { Contents: objects = [] } = await booted.world.call('s3', 'ListObjectsV2', {
      Bucket: 'contain-dry-run',
    });
    expect(objects).toEqual([]);
  });

  test('a public bucket is refused: the instance stays as it is, the OpsItem open, with the reason', async () => {
    const type = 'Trojan:EC2/DNSDataExfiltration';
    const Bucket = 'contain-in-public';
    await map(type, Bucket);
    await booted.world.call('s3', 'PutBucketOwnershipControls', {
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    });
    await booted.world.call('s3', 'DeletePublicAccessBlock', { Bucket });
    await booted.world.call('s3', 'PutBucketAcl', { Bucket, ACL: 'public-read' });
    const instanceId = await launch();
    const before = await state(instanceId);
    const opsItem = await find(type, instanceId);
    expect(await state(instanceId)).toEqual(before);
    expect(opsItem?.Status).not.toBe('Resolved');
    expect(JSON.stringify(opsItem?.OperationalData)).toContain('AllUsers');
  });
});
