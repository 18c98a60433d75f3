import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { TAGS } from '../../../../shared/domain/remediation.ts';
import { awsError } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld } from '../../../helpers/fakes-world.ts';
import { GROUP_ARN, GROUP_ID, REGION, ROLE_ARN, RUNBOOK } from '../../../helpers/findings.ts';

const LATER = { observedAt: new Date('2024-05-13T05:00:00Z') };
const LATER_STILL = { observedAt: new Date('2024-05-13T06:00:00Z') };

describe('a Red finding with a mapping', () => {
  it('opens an OpsItem, starts the runbook once, and keeps what was done', async () => {
    const world = aWorld();

    expect(await world.pass()).toBe('started');

    expect(world.runbooks.executions).toMatchObject([
      {
        document: RUNBOOK,
        region: REGION,
        parameters: { GroupId: [GROUP_ID], AutomationAssumeRole: [ROLE_ARN] },
        clientToken: world.remediation.clientToken,
      },
    ]);
    expect(world.opsItems.all).toMatchObject([
      { status: 'Open', region: REGION, resourceArn: GROUP_ARN, runbook: RUNBOOK },
    ]);
    expect(world.remediation).toMatchObject({
      state: 'Running',
      attempt: '000001-001',
      document: RUNBOOK,
      opsItemId: world.opsItems.all[0]?.id,
      automationExecutionId: world.runbooks.executions[0]?.id,
      nextActionAt: expect.any(String),
    });
  });

  it('names the finding in the tags of the execution', async () => {
    const world = aWorld();
    await world.pass();
    const { findingId, attempt, clientToken, opsItemId } = world.remediation;
    expect(world.runbooks.executions[0]?.tags).toEqual({
      [TAGS.findingId]: findingId,
      [TAGS.attempt]: attempt,
      [TAGS.opsItemId]: opsItemId,
      [TAGS.token(clientToken)]: 'remediator',
    });
  });

  it('takes seven calls from the stream record to Running, and three for the guards', async () => {
    const world = aWorld({ requiredTags: ['automaticRemediation=True'] });
    world.tags.byArn.set(GROUP_ARN, { automaticRemediation: 'True' });
    await world.pass();
    expect(world.states).toEqual(['Running']);
    expect(world.faults.calls).toEqual([
      'mappings.find',
      'guards.read',
      'exceptions.list',
      'tags.of',
      'runbooks.describe',
      'executions.claim',
      'guards.takeOpsItem',
      'opsItems.create',
      'runbooks.start',
      'executions.transition',
    ]);
  });

  it('every refresh of an unchanged Red starts nothing again, whatever came of the first', async () => {
    const world = aWorld({ maxAttempts: 1 });
    await world.pass();
    expect(await world.pass(LATER)).toBe('unchanged');
    await world.close(world.runbooks.finish('Failed'));
    expect(await world.pass(LATER_STILL)).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.opsItems.all).toHaveLength(1);
  });

  it('Yellow that turns Red within an episode is the same attempt', async () => {
    const world = aWorld();
    await world.pass({ status: 'Yellow' });
    await world.pass({ ...LATER, status: 'Red' });
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.remediations).toHaveLength(1);
  });

  it('Red again after Green is a new episode: a new row, a new execution, a new OpsItem; the old row stays', async () => {
    const world = aWorld();
    await world.pass();
    await world.pass({ ...LATER, status: 'Green' });
    expect(await world.pass(LATER_STILL)).toBe('started');
    expect(world.remediations.map(({ attempt, state }) => [attempt, state])).toEqual([
      ['000001-001', 'Resolved'],
      ['000002-001', 'Running'],
    ]);
    expect(world.runbooks.executions).toHaveLength(2);
    expect(world.opsItems.all.map(({ status }) => status)).toEqual(['Resolved', 'Open']);
  });
});

describe('history', () => {
  it('a stale Red after a newer Green starts nothing: its record is stale', async () => {
    const world = aWorld();
    await world.track({ ...LATER, status: 'Green' });
    expect(await world.pass()).toBe('stale');
    expect(world.checks.rows.values().next().value).toMatchObject({ status: 'Green' });
    expect(world.faults.calls).toEqual([]);
  });

  it('a Red record that is handled when the finding is Green already starts nothing and tells nobody', async () => {
    const world = aWorld();
    const red = await world.record();
    await world.track({ ...LATER, status: 'Green' });
    expect(await world.handle(red)).toBe('superseded');
    expect(world.runbooks.executions).toEqual([]);
    expect(world.opsItems.all).toEqual([]);
    expect(world.remediations).toEqual([]);
  });

  it('a Red record of an earlier episode starts nothing', async () => {
    const world = aWorld();
    const red = await world.record();
    await world.track({ ...LATER, status: 'Green' });
    const again = await world.record(LATER_STILL);
    expect(await world.handle(red)).toBe('superseded');
    expect(await world.handle(again)).toBe('started');
    expect(world.runbooks.executions).toHaveLength(1);
  });
});

describe('an error is never a decision', () => {
  it.each([
    ['mapping', 'mappings.find'],
    ['exceptions', 'exceptions.list'],
    ['counters', 'guards.read'],
    ['runbook', 'runbooks.describe'],
  ])('a throttled read of the %s is thrown and retried, never decided on', async (_, method) => {
    const world = aWorld({ requiredTags: ['automaticRemediation=True'] });
    world.tags.byArn.set(GROUP_ARN, { automaticRemediation: 'True' });
    world.faults.failOnce(method, awsError('ThrottlingException'));
    const record = await world.record();

    await expect(world.handle(record)).rejects.toThrow('ThrottlingException');
    expect(world.remediations).toEqual([]);
    expect(world.opsItems.all).toEqual([]);

    expect(await world.handle(record)).toBe('started');
  });

  it('a network error after the start leaves one execution', async () => {
    const world = aWorld();
    world.faults.loseAnswerOnce('runbooks.start', awsError('TimeoutError'));
    const record = await world.record();
    await expect(world.handle(record)).rejects.toThrow('TimeoutError');
    expect(await world.handle(record)).toBe('started');
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.states).toEqual(['Running']);
  });

  it('even where Systems Manager has forgotten the client token', async () => {
    const world = aWorld();
    world.runbooks.remembersTokens = false;
    world.faults.loseAnswerOnce('runbooks.start', awsError('TimeoutError'));
    const record = await world.record();
    await expect(world.handle(record)).rejects.toThrow('TimeoutError');
    await world.handle(record);
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it("'in progress' written before a start that fails does not lose the finding: the replay starts it", async () => {
    const world = aWorld();
    world.faults.failOnce('runbooks.start', awsError('AutomationExecutionLimitExceededException'));
    const record = await world.record();
    await expect(world.handle(record)).rejects.toThrow('AutomationExecutionLimitExceeded');
    expect(world.states).toEqual(['Starting']);
    expect(await world.handle(record)).toBe('started');
    expect(world.runbooks.executions).toHaveLength(1);
  });
});

describe('a coded error', () => {
  it('that a retry can mend is thrown, not given to people', async () => {
    const world = aWorld();
    world.faults.failOnce(
      'runbooks.start',
      new RemediatorError('AWS_CALL_FAILED', 'An answer without an ID.'),
    );
    const record = await world.record();
    await expect(world.handle(record)).rejects.toMatchObject({ code: 'AWS_CALL_FAILED' });
    expect(world.states).toEqual(['Starting']);
    expect(await world.handle(record)).toBe('started');
  });
});
