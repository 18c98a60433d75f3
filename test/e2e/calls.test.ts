import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import type { CloudCall } from '../../local/cloud.ts';
import { bootCloud, groupArn, groupFinding, mappingRow } from '../helpers/cloud.ts';

test('an automatic remediation makes at most 7 calls to Running and 3 for its guards, 3 more to close; a finding is one UpdateItem', async () => {
  const calls: CloudCall[] = [];
  await using booted = await bootCloud({ onCall: (call) => calls.push(call) });
  const { world, clients } = booted;
  const Item = Object.fromEntries(
    Object.entries(mappingRow()).map(([key, value]) => [
      key,
      typeof value === 'boolean' ? { BOOL: value } : { S: value },
    ]),
  );
  // With required tags, so that the longest way is counted.
  const requiredTags = { SS: ['automaticRemediation=True'] };
  await clients.dynamoDb.send(
    new PutItemCommand({ TableName: 'AutomationMappingTable', Item: { ...Item, requiredTags } }),
  );
  const groupId = await world.openGroup('counted');
  await clients.ec2.send(
    new CreateTagsCommand({ Resources: [groupId], Tags: [{ Key: 'automaticRemediation', Value: 'True' }] }),
  );
  await world.happens(groupFinding(groupArn(groupId)));
  expect((await world.opsItemOf(groupArn(groupId)))?.Status).toBe('Resolved');

  const by = (name: string) =>
    calls.filter((call) => call.by === name).map(({ service, operation }) => `${service}:${operation}`);
  expect(by('check-tracker')).toEqual(['dynamodb:UpdateItem']);
  expect(by('results-handler').sort()).toEqual([
    'dynamodb:BatchGetItem', // mapping
    'dynamodb:BatchGetItem', // the check's counters
    'dynamodb:Scan', // exceptions
    'dynamodb:TransactWriteItems',
    'dynamodb:UpdateItem', // the month's OpsItems
    'dynamodb:UpdateItem',
    'ssm:CreateOpsItem',
    'ssm:DescribeDocument',
    'ssm:StartAutomationExecution',
    'tagging:GetResources',
  ]);
  expect(
    by('execution-events-handler').filter(
      (call) => !call.endsWith('GetItem') && !call.endsWith('ListTagsForResource'),
    ),
  ).toEqual(['dynamodb:Query', 'ssm:UpdateOpsItem', 'dynamodb:UpdateItem']);
});
