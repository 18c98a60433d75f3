import { expect, test } from 'vitest';
import type { CloudCall } from '../../local/cloud.ts';
import type { CloudEvent } from '../../local/events/event.ts';
import { bootCloud, groupArn, groupFinding, mappingRow } from '../helpers/cloud.ts';

test("a finding's life is events of our own, in order, which start nothing", async () => {
  const heard: CloudEvent[] = [];
  const calls: CloudCall[] = [];
  await using booted = await bootCloud({
    onEvent: (event) => heard.push(event),
    onCall: (call) => calls.push(call),
  });
  const { world } = booted;
  await world.putMapping(mappingRow());
  const arn = groupArn(await world.openGroup('told'));
  await world.happens(groupFinding(arn));

  const told = heard.filter(({ source }) => source === 'remediator');
  const opsItemId = (await world.opsItemOf(arn))?.OpsItemId;
  const [execution] = await world.executions();
  expect(told.map(({ detail }) => [detail.from, detail.to])).toEqual([
    [null, 'Starting'],
    ['Starting', 'Running'],
    ['Running', 'Resolved'],
  ]);
  expect(told.map(({ detail }) => detail.opsItemId)).toEqual([null, opsItemId, opsItemId]);
  expect(told.at(-1)).toMatchObject({
    'detail-type': 'Remediation State Change',
    resources: [arn],
    detail: { automationExecutionId: execution?.AutomationExecutionId, attempt: '000001-001' },
  });

  const putting = calls.filter(({ operation, by }) => operation === 'PutEvents' && by !== undefined);
  expect(putting).toEqual(calls.filter(({ by }) => by === 'state-events'));
  expect(putting).not.toEqual([]);

  // What nothing is mapped to is told once, when people have something to look at.
  heard.length = 0;
  const checkName = 'A check without a mapping';
  await world.happens({ ...groupFinding(arn), checkName });
  const escalated = heard.filter(({ source }) => source === 'remediator');
  expect(escalated.map(({ detail }) => detail)).toEqual([
    expect.objectContaining({
      from: null,
      to: 'Escalated',
      checkName,
      opsItemId: expect.stringMatching(/^oi-/),
    }),
  ]);
});
