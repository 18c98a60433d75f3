import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { CloudCall } from '../../local/cloud.ts';
import { ACCOUNT_ID, REGION } from '../../local/place.ts';
import { bootCloud, groupArn, groupFinding, mappingRow, RUNBOOK } from '../helpers/cloud.ts';

const COUNT = 25;
const THROTTLED = { guardId: { S: `place#${ACCOUNT_ID}#${REGION}` } };

test('a storm: 25 findings that came while nothing could be started are one rate-controlled execution, and each resolves', {
  timeout: 60_000,
}, async () => {
  const calls: CloudCall[] = [];
  await using booted = await bootCloud({ onCall: (call) => calls.push(call) });
  const { cloud, clients, world } = booted;
  await world.putMapping(mappingRow());
  const throttledUntil = { S: new Date(Date.now() + 60_000).toISOString() };
  await clients.dynamoDb.send(
    new PutItemCommand({ TableName: 'RemediationGuardTable', Item: { ...THROTTLED, throttledUntil } }),
  );
  const groups = await Promise.all(Array.from({ length: COUNT }, (_, n) => world.openGroup(`storm-${n}`)));
  // One after the other, so that no function is loaded more than once.
  for (const groupId of groups) await world.happens(groupFinding(groupArn(groupId)));
  const rows = () => world.rows('AutomationExecutionTrackerTable');
  expect((await rows()).map(({ reasonCode }) => reasonCode)).toEqual(Array(COUNT).fill('START_RATE'));
  expect(await world.executions()).toEqual([]);

  // Their minute comes.
  await clients.dynamoDb.send(new DeleteItemCommand({ TableName: 'RemediationGuardTable', Key: THROTTLED }));
  for (const { findingId, attempt } of await rows()) {
    await clients.dynamoDb.send(
      new UpdateItemCommand({
        TableName: 'AutomationExecutionTrackerTable',
        Key: { findingId: { S: String(findingId) }, attempt: { S: String(attempt) } },
        UpdateExpression: 'SET nextActionAt = :now',
        ExpressionAttributeValues: { ':now': { S: new Date().toISOString() } },
      }),
    );
  }
  await cloud.functions.invoke('reconciler', {});
  await cloud.idle();

  const started = calls.filter(({ operation, by }) => operation === 'StartAutomationExecution' && by);
  expect(started).toEqual([{ by: 'reconciler', service: 'ssm', operation: 'StartAutomationExecution' }]);
  const executions = await world.executions();
  const children = executions.filter(({ ParentAutomationExecutionId: parent }) => parent !== undefined);
  const [whole, ...others] = executions.filter((each) => !children.includes(each));
  expect(others).toEqual([]);
  expect(whole).toMatchObject({
    DocumentName: RUNBOOK,
    AutomationExecutionStatus: 'Success',
    TargetParameterName: 'GroupId',
    MaxConcurrency: '10',
    MaxErrors: '10%',
  });
  expect(children.map(({ Target }) => Target).toSorted()).toEqual(groups.toSorted());
  expect(children.map(({ ParentAutomationExecutionId: id }) => id)).toEqual(
    Array(COUNT).fill(whole?.AutomationExecutionId),
  );

  const ended = await rows();
  expect(ended.map(({ state }) => state)).toEqual(Array(COUNT).fill('Resolved'));
  const childOf = new Map(
    children.map((child) => [groupArn(child.Target ?? ''), child.AutomationExecutionId]),
  );
  for (const { resource, automationExecutionId } of ended)
    expect(automationExecutionId).toBe(childOf.get(String(resource)));
  expect((await world.opsItems()).map(({ Status }) => Status)).toEqual(Array(COUNT).fill('Resolved'));
  for (const groupId of groups)
    expect((await world.ingressOf(groupId)).map(({ FromPort }) => FromPort)).toEqual([443]);
});
