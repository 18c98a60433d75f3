import { describe, expect, it } from 'vitest';
import { EventSourceMapping } from '../../../../local/functions/event-source-mapping.ts';
import { WorkCounter } from '../../../../local/functions/work-counter.ts';
import type { StreamDefinition } from '../../../../local/service-definition/service-definition.ts';
import { ManualClock } from '../../../helpers/local-clocks.ts';
import {
  countingIds,
  fixtureFunction,
  fixtureStream,
  RecordingQueues,
  succeeded,
} from '../../../helpers/local-functions.ts';

interface Call {
  readonly items: readonly string[];
  readonly end: () => void;
}

/** A mapping whose function answers when the test says so. */
function start(changes: Partial<StreamDefinition>, matches: (record: unknown) => boolean = () => true) {
  const clock = new ManualClock();
  const work = new WorkCounter();
  const calls: Call[] = [];
  let capacity = 0;
  const mapping = new EventSourceMapping({
    fn: fixtureFunction(),
    stream: fixtureStream(changes),
    invoke: (_fn, event) =>
      new Promise((resolve) => {
        const { Records } = event as { Records: { dynamodb: { NewImage: { value: { S: string } } } }[] };
        calls.push({
          items: Records.map(({ dynamodb }) => dynamodb.NewImage.value.S),
          end: () => resolve(succeeded()),
        });
      }),
    queues: new RecordingQueues(),
    clock,
    ids: countingIds(),
    log: () => {},
    signal: new AbortController().signal,
    region: 'us-east-1',
    matches,
    work,
    onCapacity: () => {
      capacity += 1;
    },
  });
  let sequence = 0;
  const deliver = (...values: string[]) =>
    mapping.deliver({
      streamArn: 'arn:stream',
      shardId: 'shardId-1',
      // `a1`: the first version of item a.
      records: values.map((value) => {
        sequence += 1;
        return {
          eventName: 'INSERT',
          dynamodb: {
            ApproximateCreationDateTime: clock.now(),
            Keys: { id: { S: value.charAt(0) } },
            NewImage: { value: { S: value } },
            SequenceNumber: String(sequence),
          },
        };
      }),
    });
  return { mapping, deliver, calls, work, clock, capacity: () => capacity };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const itemsOf = (calls: readonly Call[]) => calls.map(({ items }) => items.join());

/** Ends every call that is under way, until no more come. */
async function endAll(calls: readonly Call[]): Promise<void> {
  for (let done = 0; ; ) {
    await settle();
    if (done === calls.length) return;
    while (done < calls.length) {
      calls[done]?.end();
      done += 1;
    }
  }
}

describe('EventSourceMapping', () => {
  it('hands records on in batches, one after the other', async () => {
    const { deliver, calls, work } = start({ batchSize: 2 });
    deliver('a1', 'b1', 'c1');
    await settle();
    expect(itemsOf(calls)).toEqual(['a1,b1']);
    deliver('d1');
    await endAll(calls);
    await work.none();
    expect(itemsOf(calls)).toEqual(['a1,b1', 'c1,d1']);
  });

  it('leaves out what no filter matches, and does not call for nothing', async () => {
    const { deliver, calls, work } = start({}, (record) => JSON.stringify(record).includes('"b1"'));
    deliver('a1', 'b1', 'c1');
    await endAll(calls);
    expect(itemsOf(calls)).toEqual(['b1']);
    deliver('d1');
    await work.none();
    expect(calls).toHaveLength(1);
  });

  it('keeps the order of each item while lanes run side by side', async () => {
    const { deliver, calls, work } = start({ batchSize: 1, parallelizationFactor: 3 });
    const items = ['a', 'b', 'c', 'd', 'e', 'f'];
    deliver(...items.map((item) => `${item}1`), ...items.map((item) => `${item}2`));
    await settle();
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.length).toBeLessThanOrEqual(3);
    await endAll(calls);
    await work.none();
    const order = calls.flatMap((call) => call.items);
    expect(order.toSorted()).toEqual(items.flatMap((item) => [`${item}1`, `${item}2`]));
    for (const item of items) expect(order.indexOf(`${item}1`)).toBeLessThan(order.indexOf(`${item}2`));
  });

  it('gathers records for the batch window', async () => {
    const { deliver, calls, clock } = start({ batchSize: 3, batchWindowSeconds: 5 });
    deliver('a1');
    await settle();
    deliver('b1');
    clock.advance(4999);
    await settle();
    expect(calls).toEqual([]);
    clock.advance(1);
    await settle();
    expect(itemsOf(calls)).toEqual(['a1,b1']);
  });

  it('does not wait for the window when the batch is full', async () => {
    const { deliver, calls } = start({ batchSize: 2, batchWindowSeconds: 300 });
    deliver('a1');
    await settle();
    deliver('b1');
    await settle();
    expect(itemsOf(calls)).toEqual(['a1,b1']);
  });

  it('takes no more of a shard than it can soon handle, and says when it can again', async () => {
    const { mapping, deliver, calls, capacity } = start({ batchSize: 1 });
    deliver('a1', 'b1', 'c1');
    await settle();
    expect(mapping.canAccept('shardId-1')).toBe(false);
    expect(mapping.canAccept('shardId-2')).toBe(true);
    await endAll(calls);
    expect(mapping.canAccept('shardId-1')).toBe(true);
    expect(capacity()).toBe(3);
  });
});
