import { describe, expect, it } from 'vitest';
import { TAGS } from '../../../../shared/domain/remediation.ts';
import { closeExecution } from '../../../../shared/use-cases/close-execution.ts';
import { awsError } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

/** A world in which the runbook is running, with its calls forgotten. */
async function running(): Promise<World> {
  const world = aWorld({ maxAttempts: 1 });
  await world.pass();
  world.faults.calls.length = 0;
  return world;
}

describe('the end of an execution', () => {
  it('Success: the OpsItem says so and resolves, the row is over', async () => {
    const world = await running();
    const execution = world.runbooks.finish('Success');
    expect(await world.close(execution)).toBe('resolved');
    expect(world.opsItems.all).toMatchObject([
      {
        status: 'Resolved',
        data: {
          automationExecutionId: execution.id,
          result: expect.stringMatching(/^SUCCEEDED: Success: /),
          execution: expect.stringContaining(execution.id),
          closedBy: 'remediator',
        },
      },
    ]);
    expect(world.remediation).toMatchObject({
      state: 'Resolved',
      stateReason: expect.stringMatching(/^SUCCEEDED: Success: /),
    });
    expect(world.remediation.nextActionAt).toBeUndefined();
  });

  it('takes three calls', async () => {
    const world = await running();
    await world.close(world.runbooks.finish('Success'));
    expect(world.faults.calls).toEqual([
      'executions.listByExecutionId',
      'opsItems.update',
      'executions.transition',
    ]);
  });

  it('Failed: the OpsItem stays open, with the reason', async () => {
    const world = await running();
    const execution = world.runbooks.finish('Failed', { failureMessage: 'Step fails when …' });
    expect(await world.close(execution)).toBe('left open');
    expect(world.opsItems.all).toMatchObject([
      { status: 'Open', data: { result: expect.stringContaining('Step fails when …') } },
    ]);
    expect(world.opsItems.all[0]?.data.closedBy).toBeUndefined();
    expect(world.states).toEqual(['Failed']);
  });

  it.each([
    ['CompletedWithSuccess', 'resolved', 'Resolved', 'Resolved'],
    ['CompletedWithFailure', 'left open', 'Failed', 'Open'],
    ['Canceled', 'left open', 'Cancelled', 'Open'],
    ['Cancelled', 'left open', 'Cancelled', 'Open'],
    ['TimedOut', 'left open', 'Failed', 'Open'],
    ['Rejected', 'left open', 'Failed', 'Open'],
  ])('%s closes too: %s', async (status, outcome, state, opsItem) => {
    const world = await running();
    expect(await world.close(world.runbooks.finish(status))).toBe(outcome);
    expect(world.states).toEqual([state]);
    expect(world.opsItems.all.map((each) => each.status)).toEqual([opsItem]);
  });

  it.each(['InProgress', 'PendingApproval', 'Cancelling', 'SomethingNew'])(
    '%s is no end, and costs no call',
    async (status) => {
      const world = await running();
      expect(await world.close(world.runbooks.finish(status))).toBe('not an end');
      expect(world.faults.calls).toEqual([]);
      expect(world.states).toEqual(['Running']);
    },
  );

  it('the row is never deleted: there is history', async () => {
    const world = await running();
    await world.close(world.runbooks.finish('Success'));
    expect(world.remediation).toMatchObject({
      state: 'Resolved',
      document: expect.any(String),
      parameters: expect.any(Object),
      enteredAt: { Starting: expect.any(String), Running: expect.any(String), Resolved: expect.any(String) },
    });
  });

  it('told twice is told once', async () => {
    const world = await running();
    const execution = world.runbooks.finish('Failed');
    await world.close(execution);
    const after = structuredClone(world.opsItems.all);
    expect(await world.close(execution)).toBe('unchanged');
    expect(world.opsItems.all).toEqual(after);
  });

  it('an OpsItem that was deleted does not hold up the row', async () => {
    const world = await running();
    world.opsItems.all.length = 0;
    expect(await world.close(world.runbooks.finish('Success'))).toBe('resolved');
    expect(world.states).toEqual(['Resolved']);
    expect(world.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'The OpsItem is gone' }),
    );
  });

  it('after a person resolved the OpsItem, or the check turned Green, a failure changes nothing', async () => {
    const world = await running();
    await world.pass({ status: 'Green', observedAt: new Date('2024-05-13T05:00:00Z') });
    expect(await world.close(world.runbooks.finish('Failed'))).toBe('unchanged');
    expect(world.states).toEqual(['Resolved']);
    expect(world.opsItems.all.map(({ status }) => status)).toEqual(['Resolved']);
  });
});

describe('a completion before its row has the ID', () => {
  it('finds the row by the tags of the execution', async () => {
    const world = aWorld();
    const record = await world.record();
    world.faults.failOnce('executions.transition', awsError('ThrottlingException'));
    await expect(world.handle(record)).rejects.toThrow();
    const execution = world.runbooks.finish('Success');

    expect(await world.close(execution)).toBe('resolved');
    expect(world.remediation).toMatchObject({
      state: 'Resolved',
      automationExecutionId: execution.id,
      opsItemId: expect.any(String),
    });
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);

    expect(await world.handle(record)).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.opsItems.all).toHaveLength(1);
  });

  it('a failure keeps the OpsItem open, and the late Running changes nothing', async () => {
    const world = aWorld({ maxAttempts: 1 });
    const record = await world.record();
    const { transition } = world.executions;
    // The completion overtakes the very write of the ID.
    world.executions.transition = async (key, to, changes) => {
      world.executions.transition = transition;
      await world.close(world.runbooks.finish('Failed'));
      return transition.call(world.executions, key, to, changes);
    };
    expect(await world.handle(record)).toBe('started');
    expect(world.states).toEqual(['Failed']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Open' }]);
  });

  it('an execution whose answer was lost, and that was given up since, still ends its row', async () => {
    const world = aWorld();
    const record = await world.record();
    world.faults.loseAnswerOnce('runbooks.start', awsError('TimeoutError'));
    await expect(world.handle(record)).rejects.toThrow('TimeoutError');
    // Systems Manager does not show the execution yet, and the mapping has been switched off.
    const find = world.runbooks.findByTagKey;
    world.runbooks.findByTagKey = async () => undefined;
    world.mappings.put({ checkName: '*', automationStatus: false });
    expect(await world.handle(record)).toBe('escalated');
    world.runbooks.findByTagKey = find;

    expect(await world.close(world.runbooks.finish('Success'))).toBe('resolved');
    expect(world.states).toEqual(['Resolved']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });
});

describe('executions of others', () => {
  it('without our tags: not ours', async () => {
    const world = await running();
    const end = {
      automationExecutionId: '11111111-0000-4000-8000-000000000000',
      status: 'Success',
      account: ACCOUNT,
      region: REGION,
    };
    expect(await closeExecution(world.deps, end)).toBe('not ours');
    expect(world.states).toEqual(['Running']);
  });

  async function forged(tags: (world: World) => Record<string, string>): Promise<World> {
    const world = await running();
    const id = await world.runbooks.start({
      document: 'Other',
      parameters: {},
      clientToken: 'other',
      account: ACCOUNT,
      region: REGION,
      tags: tags(world),
    });
    expect(await world.close(world.runbooks.finish('Success', { id }))).toBe('not ours');
    return world;
  }

  it('forged tags without the token: not ours, and it is said', async () => {
    const world = await forged(({ remediation }) => ({
      [TAGS.findingId]: remediation.findingId,
      [TAGS.attempt]: remediation.attempt,
    }));
    expect(world.states).toEqual(['Running']);
    expect(world.log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });

  it('not even while the row waits for its execution', async () => {
    const world = aWorld();
    const record = await world.record();
    world.faults.failOnce('runbooks.start', awsError('ThrottlingException'));
    await expect(world.handle(record)).rejects.toThrow();
    const { findingId, attempt } = world.remediation;
    const tags = {
      [TAGS.findingId]: findingId,
      [TAGS.attempt]: attempt,
      [TAGS.token('guessed')]: 'remediator',
    };
    await world.runbooks.start({
      document: 'Other',
      parameters: {},
      clientToken: 'o',
      account: ACCOUNT,
      region: REGION,
      tags,
    });
    expect(await world.close(world.runbooks.finish('Success'))).toBe('not ours');
    expect(world.states).toEqual(['Starting']);
  });

  it('tags copied from ours, the token too: the row knows its execution, and stays', async () => {
    const world = await forged((it) => it.runbooks.executions[0]?.tags ?? {});
    expect(world.states).toEqual(['Running']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Open' }]);
  });

  it('tags that name no row: not ours', async () => {
    await forged(() => ({ [TAGS.findingId]: 'nothing', [TAGS.attempt]: '000001-001' }));
  });
});

describe('an error is never a result', () => {
  it.each(['executions.listByExecutionId', 'opsItems.update', 'executions.transition'])(
    'a throttled %s is thrown, and the retried event closes',
    async (method) => {
      const world = await running();
      world.faults.failOnce(method, awsError('ThrottlingException'));
      const execution = world.runbooks.finish('Success');
      await expect(world.close(execution)).rejects.toThrow('ThrottlingException');
      expect(await world.close(execution)).toBe('resolved');
      expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
    },
  );
});
