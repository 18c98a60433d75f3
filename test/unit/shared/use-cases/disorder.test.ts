import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, TrackedFinding } from '../../../../shared/domain/finding.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';

const at = (minute: number) => new Date(Date.UTC(2024, 4, 13, 5, minute));

/** Every order of a list. */
function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  );
}

/** Each event goes through check-tracker, stream and results-handler before the next one comes. */
async function play(order: readonly Partial<Finding>[]): Promise<World> {
  const world = aWorld();
  for (const event of order) await world.pass(event);
  return world;
}

describe('events in any order', () => {
  const red = { status: 'Red', observedAt: at(0) } as const;
  const duplicate = red;
  const green = { status: 'Green', observedAt: at(1) } as const;

  it.each(
    permutations([red, duplicate, green]).map(
      (order) => [order.map(({ status }) => status).join(', '), order] as const,
    ),
  )('%s: Green wins, at most one execution, nothing stays open', async (_, order) => {
    const world = await play(order);
    expect(world.checks.rows.values().next().value).toMatchObject({ status: 'Green', observedAt: at(1) });
    expect(world.runbooks.executions.length).toBeLessThanOrEqual(1);
    expect(world.opsItems.all.filter(({ status }) => status !== 'Resolved')).toEqual([]);
    expect(world.states.filter((state) => state !== 'Resolved')).toEqual([]);
  });

  it('two events with the same time: the worse counts, in either order', async () => {
    const worse = { status: 'Red', observedAt: at(0) } as const;
    const milder = { status: 'Green', observedAt: at(0) } as const;
    for (const order of permutations([worse, milder])) {
      const world = await play(order);
      expect(world.checks.rows.values().next().value).toMatchObject({ status: 'Red' });
      expect(world.states).toEqual(['Running']);
      expect(world.opsItems.all).toMatchObject([{ status: 'Open' }]);
    }
  });

  it('two updates within one second, milliseconds apart: the later counts, in either order', async () => {
    const first = { status: 'Red', observedAt: new Date('2024-05-13T05:00:00.100Z') } as const;
    const second = { status: 'Green', observedAt: new Date('2024-05-13T05:00:00.900Z') } as const;
    for (const order of permutations([first, second])) {
      const world = await play(order);
      expect(world.checks.rows.values().next().value).toMatchObject({ status: 'Green' });
      expect(world.opsItems.all.filter(({ status }) => status !== 'Resolved')).toEqual([]);
    }
  });
});

describe('Red, its duplicate, Green and the completion, handled in any order that can be', () => {
  // A stream keeps the order of one finding's records; the completion may come whenever the execution has started, and
  // any record or event again at any later time.
  type Step = 'red' | 'duplicate' | 'green' | 'completion';

  async function playSteps(order: readonly Step[], status: string): Promise<World> {
    const world = aWorld();
    const red = await world.record({ status: 'Red', observedAt: at(0) });
    let green: TrackedFinding | undefined;
    for (const step of order) {
      if (step === 'green') {
        green = await world.record({ status: 'Green', observedAt: at(1) });
        await world.handle(green);
      } else if (step === 'completion') {
        if (world.runbooks.executions.length > 0) await world.close(world.runbooks.finish(status));
      } else {
        await world.handle(red);
      }
    }
    // What was sent before there was anything to end is sent by the execution itself when it ends.
    if (world.runbooks.executions.length > 0) await world.close(world.runbooks.finish(status));
    return world;
  }

  const orders = permutations<Step>(['red', 'duplicate', 'green', 'completion']);

  it.each(
    orders.flatMap((order) => [
      [order.join(', '), 'Success', order] as const,
      [order.join(', '), 'Failed', order] as const,
    ]),
  )('%s (%s)', async (_, status, order) => {
    const world = await playSteps(order, status);
    expect(world.runbooks.executions.length).toBeLessThanOrEqual(1);
    expect(world.opsItems.all.length).toBeLessThanOrEqual(1);
    expect(world.opsItems.all.filter((each) => each.status !== 'Resolved')).toEqual([]);
    expect(world.states.filter((state) => state !== 'Resolved')).toEqual([]);
  });
});

describe('any history (property)', () => {
  const event = fc.record({
    status: fc.constantFrom('Red', 'Yellow', 'Green'),
    minute: fc.nat(6),
    copies: fc.integer({ min: 1, max: 2 }),
  });

  it('whatever comes however often in whatever order: one attempt an episode, one open OpsItem at most, none at Green', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 10 }), async (events) => {
        const world = aWorld({ maxAttempts: 1 });
        for (const { status, minute, copies } of events) {
          for (let copy = 0; copy < copies; copy += 1) {
            await world.pass({ status: status as Finding['status'], observedAt: at(minute) });
            const execution = world.runbooks.executions.find((each) => each.status === 'InProgress');
            if (execution && copy === 1)
              await world.close(world.runbooks.finish('Success', { id: execution.id }));
          }
        }
        const open = world.opsItems.all.filter((each) => each.status !== 'Resolved');
        const row = world.checks.rows.values().next().value;
        expect(open.length).toBeLessThanOrEqual(1);
        if (row?.status === 'Green') {
          expect(open).toEqual([]);
          expect(world.states.filter((state) => state !== 'Resolved')).toEqual([]);
        }
        expect(world.runbooks.executions.length).toBeLessThanOrEqual(row?.episode ?? 0);
        expect(new Set(world.runbooks.executions.map(({ clientToken }) => clientToken)).size).toBe(
          world.runbooks.executions.length,
        );
      }),
      { numRuns: 200 },
    );
  });
});
