import { describe, expect, it } from 'vitest';
import { awsError } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld, aWorldWithoutMapping } from '../../../helpers/fakes-world.ts';

const GREEN = { status: 'Green', observedAt: new Date('2024-05-13T05:00:00Z') } as const;
const RED_AGAIN = { observedAt: new Date('2024-05-13T06:00:00Z') };

describe('a Green finding', () => {
  it('resolves the OpsItem that a person was given, whoever mended the resource', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    expect(await world.pass(GREEN)).toBe('resolved');
    expect(world.opsItems.all).toMatchObject([
      {
        status: 'Resolved',
        data: { result: expect.stringContaining('FINDING_GREEN'), closedBy: 'remediator' },
      },
    ]);
    expect(world.remediation).toMatchObject({
      state: 'Resolved',
      stateReason: expect.stringContaining('2024-05-13T05:00:00'),
    });
  });

  it.each(['Running', 'Failed', 'Cancelled'])('resolves what is %s', async (state) => {
    const world = aWorld({ maxAttempts: 1 });
    await world.pass();
    if (state !== 'Running') await world.close(world.runbooks.finish(state));
    expect(world.states).toEqual([state]);
    expect(await world.pass(GREEN)).toBe('resolved');
    expect(world.states).toEqual(['Resolved']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
    // An execution that is still under way is looked after until its end.
    expect(world.remediation.nextActionAt !== undefined).toBe(state === 'Running');
  });

  it('a finding that was never Red costs one read, and opens nothing', async () => {
    const world = aWorld();
    expect(await world.pass(GREEN)).toBe('unchanged');
    expect(world.opsItems.all).toEqual([]);
    expect(world.remediations).toEqual([]);
  });

  it('what is over already stays as it is', async () => {
    const world = aWorld();
    await world.pass();
    await world.close(world.runbooks.finish('Success'));
    const before = structuredClone(world.opsItems.all);
    expect(await world.pass(GREEN)).toBe('unchanged');
    expect(world.opsItems.all).toEqual(before);
    expect(world.remediation.stateReason).toMatch(/^SUCCEEDED/);
  });

  it('finds the OpsItem of a row that a crash left without its ID', async () => {
    const world = aWorldWithoutMapping();
    const red = await world.record();
    world.faults.crashOn('after', 'opsItems.create');
    await expect(world.handle(red)).rejects.toThrow('after opsItems.create');
    world.faults.heal();
    expect(world.remediation.opsItemId).toBeUndefined();
    expect(await world.pass(GREEN)).toBe('resolved');
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });

  it('a Green handled late does not resolve the OpsItem of the next episode', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    const green = await world.record(GREEN);
    world.faults.failOnce('executions.list', awsError('ThrottlingException'));
    await expect(world.handle(green)).rejects.toThrow('ThrottlingException');
    // Its retries ran out; somebody plays it again after the finding has turned Red once more.
    await world.pass(RED_AGAIN);
    expect(await world.handle(green)).toBe('resolved');
    expect(world.remediations.map(({ attempt, state }) => [attempt, state])).toEqual([
      ['000001-001', 'Resolved'],
      ['000002-001', 'Escalated'],
    ]);
    expect(world.opsItems.all).toMatchObject([{ status: 'Open' }]);
  });

  it('that arrives before its Red is handled leaves nothing open', async () => {
    const world = aWorld();
    const red = await world.record();
    const green = await world.record(GREEN);
    expect(await world.handle(green)).toBe('unchanged');
    expect(await world.handle(red)).toBe('superseded');
    expect(world.opsItems.all).toEqual([]);
  });
});

describe('a Green that overtakes a start', () => {
  it('between claim and OpsItem: the OpsItem that is opened after it does not stay open', async () => {
    const world = aWorld();
    const red = await world.record();
    const { create } = world.opsItems;
    world.opsItems.create = async (opsItem) => {
      world.opsItems.create = create;
      await world.pass(GREEN);
      return create.call(world.opsItems, opsItem);
    };
    await world.handle(red);
    expect(world.states).toEqual(['Resolved']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved', data: { closedBy: 'remediator' } }]);
  });

  it('the same for an escalation', async () => {
    const world = aWorldWithoutMapping();
    const red = await world.record();
    const { create } = world.opsItems;
    world.opsItems.create = async (opsItem) => {
      world.opsItems.create = create;
      await world.pass(GREEN);
      return create.call(world.opsItems, opsItem);
    };
    await world.handle(red);
    expect(world.states).toEqual(['Resolved']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });
});
