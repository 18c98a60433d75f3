import { readFileSync } from 'node:fs';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { UpdateOpsItemCommand } from '@aws-sdk/client-ssm';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BootedCloud,
  bootCloud,
  groupArn,
  groupFinding,
  mappingRow,
  RUNBOOK,
} from '../helpers/cloud.ts';

describe('U1: a Trusted Advisor finding closes its own OpsItem', () => {
  let booted: BootedCloud;
  beforeAll(async () => {
    booted = await bootCloud();
    await booted.world.putMapping(mappingRow());
  });
  afterAll(() => booted[Symbol.asyncDispose]());

  test('automatic: the group loses its rule, and the OpsItem resolves by itself', async () => {
    const { world } = booted;
    const groupId = await world.openGroup('automatic');
    const arn = groupArn(groupId);
    await world.happens(groupFinding(arn));
    expect((await world.ingressOf(groupId)).map(({ FromPort }) => FromPort)).toEqual([443]);
    const opsItem = await world.opsItemOf(arn);
    expect(opsItem).toMatchObject({ Status: 'Resolved', Source: 'remediator' });
    expect(opsItem?.OperationalData?.['/aws/resources']?.Value).toBe(JSON.stringify([{ arn }]));
    expect(opsItem?.OperationalData?.runbook?.Value).toBe(RUNBOOK);
    const row = (await world.rows('AutomationExecutionTrackerTable')).find((each) => each.resource === arn);
    const [execution] = await world.executions();
    expect(row).toMatchObject({ state: 'Resolved', automationExecutionId: execution?.AutomationExecutionId });
  });

  test('once for an episode, and again in the next one', async () => {
    const { world } = booted;
    const groupId = await world.openGroup('episodes');
    const arn = groupArn(groupId);
    const start = Date.now() - 60_000;
    const at = (ms: number) => new Date(start + ms);
    await world.happens(groupFinding(arn, 'Red', at(0)));
    await world.happens(groupFinding(arn, 'Red', at(0)));
    await world.happens(groupFinding(arn, 'Yellow', at(1)));
    const rows = async () =>
      (await world.rows('AutomationExecutionTrackerTable')).filter((each) => each.resource === arn);
    expect(await rows()).toHaveLength(1);
    await world.happens(groupFinding(arn, 'Green', at(2)));
    await world.happens(groupFinding(arn, 'Red', at(1)));
    expect(await rows()).toHaveLength(1);
    await world.happens(groupFinding(arn, 'Red', at(3)));
    expect((await rows()).map((each) => each.attempt)).toEqual(['000001-001', '000002-001']);
    expect((await rows()).map((each) => each.state)).toEqual(['Resolved', 'Resolved']);
  });

  test('manual: a person resolves the OpsItem, and the row says who', async () => {
    const { world } = booted;
    const arn = 'arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0';
    const check = 'EC2 instances should not have a public IPv4 address';
    await world.happens({ ...groupFinding(arn), checkName: check });
    const opsItem = await world.opsItemOf(arn);
    expect(opsItem?.Status).toBe('Open');
    expect(opsItem?.OperationalData?.decision?.Value).toContain('MAPPING_NOT_FOUND');
    await world.resolve(opsItem?.OpsItemId ?? '');
    const row = (await world.rows('AutomationExecutionTrackerTable')).find((each) => each.resource === arn);
    expect(row).toMatchObject({ state: 'Resolved', stateReason: expect.stringContaining('user/laptop') });
  });

  test('a mapping that is added later is taken up by the next refresh, on the same OpsItem', async () => {
    const { world } = booted;
    const groupId = await world.openGroup('later');
    const arn = groupArn(groupId);
    const checkName = 'A check that is mapped later';
    const start = Date.now() - 60_000;
    const at = (ms: number) => new Date(start + ms);
    await world.happens({ ...groupFinding(arn, 'Red', at(0)), checkName });
    const first = await world.opsItemOf(arn);
    await world.putMapping(mappingRow({ checkName }));
    await world.happens({ ...groupFinding(arn, 'Red', at(1)), checkName });
    const second = await world.opsItemOf(arn);
    expect(second).toMatchObject({ OpsItemId: first?.OpsItemId, Status: 'Resolved' });
  });

  test('an execution that fails leaves the OpsItem open, with the reason', async () => {
    const { world } = booted;
    const arn = groupArn('sg-0000000000000dead');
    await world.happens(groupFinding(arn));
    const opsItem = await world.opsItemOf(arn);
    expect(opsItem?.Status).toBe('Open');
    expect(opsItem?.OperationalData?.result?.Value).toMatch(
      /^RUNBOOK_FAILED: Failed: .*InvalidGroup.NotFound/s,
    );
    const row = (await world.rows('AutomationExecutionTrackerTable')).find((each) => each.resource === arn);
    expect(row?.state).toBe('Failed');
  });

  test('an OpsItem that a person closed while the runbook was on its way stays closed', async () => {
    const { world, clients } = booted;
    const arn = groupArn('sg-0000000000000beef');
    await world.happens(groupFinding(arn));
    const opsItem = await world.opsItemOf(arn);
    await clients.ssm.send(new UpdateOpsItemCommand({ OpsItemId: opsItem?.OpsItemId, Status: 'Resolved' }));
    await booted.cloud.idle();
    await world.happens(groupFinding(arn, 'Red', new Date(Date.now() + 1)));
    expect((await world.opsItemOf(arn))?.OpsItemId).toBe(opsItem?.OpsItemId);
  });

  test.each([
    'ta-s3-bucket-versioning',
    'ta-underutilized-ebs-volumes',
    'ta-unassociated-elastic-ip',
    'ta-security-hub-sourced-security-group',
  ])('the sample %s is tracked and opens an OpsItem', async (name) => {
    const { clients, cloud, world } = booted;
    const path = new URL(`../fixtures/events/${name}.json`, import.meta.url);
    const event = JSON.parse(readFileSync(path, 'utf8'));
    const before = (await world.opsItems()).length;
    await clients.events.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: 'awsmock.trustedadvisor',
            DetailType: event['detail-type'],
            Detail: JSON.stringify(event.detail),
          },
        ],
      }),
    );
    await cloud.idle();
    expect(await world.opsItems()).toHaveLength(before + 1);
  });

  test("every account is the one account: a finding of another account's group closes it here", async () => {
    const { world, clients } = booted;
    const groupId = await world.openGroup('elsewhere');
    await clients.ec2.send(
      new CreateTagsCommand({ Resources: [groupId], Tags: [{ Key: 'team', Value: 'blue' }] }),
    );
    const Id = `arn:aws:ec2:us-east-1:111122223333:security-group/${groupId}`;
    const row = { ...mappingRow({ checkName: 'EC2.19' }), requiredTags: new Set(['team=blue']) };
    await clients.dynamoDb.send(
      new PutItemCommand({ TableName: 'AutomationMappingTable', Item: marshall(row) }),
    );
    const finding = {
      SchemaVersion: '2018-10-08',
      Id: 'arn:aws:securityhub:us-east-1:111122223333:security-control/EC2.19/finding/1',
      ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/securityhub',
      GeneratorId: 'security-control/EC2.19',
      AwsAccountId: '111122223333',
      Title: 'Security groups should not allow unrestricted access to ports with high risk',
      Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.19' },
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
      Resources: [{ Type: 'AwsEc2SecurityGroup', Id, Region: 'us-east-1' }],
    };
    await world.putAndWait({
      source: 'aws.securityhub',
      detailType: 'Security Hub Findings - Imported',
      detail: { findings: [finding] },
    });
    expect((await world.ingressOf(groupId)).map(({ FromPort }) => FromPort)).toEqual([443]);
    expect(await world.opsItemOf(Id)).toMatchObject({
      Status: 'Resolved',
      CreatedBy: expect.stringMatching(/results/),
    });
    const attempts = await world.rows('AutomationExecutionTrackerTable');
    expect(attempts.find(({ resource }) => resource === Id)).toMatchObject({
      state: 'Resolved',
      account: '111122223333',
      region: 'us-east-1',
    });
  });
});
