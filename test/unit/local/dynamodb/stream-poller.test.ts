import { afterEach, describe, expect, it } from 'vitest';
import {
  type StreamPoller,
  type StreamPollerOptions,
  startStreamPoller,
} from '../../../../local/dynamodb/stream-poller.ts';
import { ManualClock } from '../../../helpers/local-clocks.ts';
import { expired, FakeStream, trimmed } from '../../../helpers/local-streams.ts';

const opened: StreamPoller[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((poller) => poller.close()));
});

async function start(stream: FakeStream, changes: Partial<StreamPollerOptions> = {}) {
  const clock = new ManualClock();
  const read: string[] = [];
  const lines: string[] = [];
  const consumer = {
    accepts: true,
    canAccept: () => consumer.accepts,
    deliver: (batch: { shardId: string; records: readonly { eventID?: string | undefined }[] }) =>
      read.push(...batch.records.map(({ eventID }) => `${batch.shardId}/${eventID}`)),
  };
  const poller = await startStreamPoller({
    streams: stream,
    tableName: 'Items',
    resolveStreamArn: async () => 'arn:stream',
    startingPosition: 'TRIM_HORIZON',
    consumer,
    clock,
    log: (line) => lines.push(line),
    ...changes,
  });
  opened.push(poller);
  return { poller, clock, read, lines, consumer };
}

function streamOf(...shardIds: string[]): FakeStream {
  const stream = new FakeStream();
  for (const shardId of shardIds) stream.open(shardId);
  return stream;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('startStreamPoller', () => {
  it('reads what is there from TRIM_HORIZON, and what is written later at once when woken', async () => {
    const stream = streamOf('s');
    stream.write('s', 2);
    const { poller, read } = await start(stream);
    await poller.drained();
    stream.write('s');
    poller.wake();
    await settle();
    expect(read).toEqual(['s/1', 's/2', 's/3']);
  });

  it('leaves out what was written before, from LATEST, but nothing written once it has started', async () => {
    const stream = streamOf('s');
    stream.write('s', 2);
    const { poller, read } = await start(stream, { startingPosition: 'LATEST' });
    stream.write('s');
    await poller.drained();
    expect(read).toEqual(['s/3']);
  });

  it('looks every 200 ms without being woken', async () => {
    const stream = streamOf('s');
    const { clock, read } = await start(stream);
    await settle();
    stream.write('s');
    clock.advance(199);
    await settle();
    expect(read).toEqual([]);
    clock.advance(1);
    await settle();
    expect(read).toEqual(['s/1']);
  });

  it('reads a parent to its end before its children', async () => {
    const stream = streamOf('parent');
    stream.open('child', 'parent');
    stream.open('grandchild', 'child');
    stream.write('grandchild');
    stream.write('child');
    stream.write('parent', 2);
    const { poller, read } = await start(stream);
    await poller.drained();
    expect(read).toEqual(['parent/3', 'parent/4']);
    stream.closeShard('parent');
    stream.closeShard('child');
    await poller.drained();
    expect(read).toEqual(['parent/3', 'parent/4', 'child/2', 'grandchild/1']);
  });

  it('reads a child whose parent is gone', async () => {
    const stream = streamOf();
    stream.open('child', 'trimmed-away');
    stream.write('child');
    const { poller, read } = await start(stream);
    await poller.drained();
    expect(read).toEqual(['child/1']);
  });

  it('starts with the newest shards from LATEST, and reads their children whole', async () => {
    const stream = streamOf('old');
    stream.write('old');
    stream.closeShard('old');
    stream.open('now', 'old');
    stream.write('now');
    const { poller, read } = await start(stream, { startingPosition: 'LATEST' });
    stream.write('now');
    stream.open('next', 'now');
    stream.write('next');
    stream.closeShard('now');
    await poller.drained();
    expect(read).toEqual(['now/3', 'next/4']);
  });

  it('takes a shard that shows a last sequence number for open while it gives iterators', async () => {
    const stream = streamOf('s');
    stream.showsEndOfOpenShards = true;
    stream.write('s');
    const { poller, read } = await start(stream);
    await poller.drained();
    stream.write('s');
    await poller.drained();
    expect(read).toEqual(['s/1', 's/2']);
  });

  it('goes on with a shard whose iterator ended while it is still open, without a storm of requests', async () => {
    const stream = streamOf('s');
    stream.endsIterators = true;
    stream.write('s');
    const { poller, read, clock } = await start(stream);
    await settle();
    stream.write('s');
    poller.wake();
    await settle();
    expect(read).toEqual(['s/1', 's/2']);
    expect(stream.calls.length).toBeLessThan(20);
    expect(clock.sleepers).toBe(1);
  });

  it('renews an iterator that expired, without a word and without reading twice', async () => {
    const stream = streamOf('s');
    stream.write('s');
    const { poller, read, lines, clock } = await start(stream);
    await poller.drained();
    stream.failNext(expired);
    stream.write('s');
    poller.wake();
    await settle();
    clock.advance(2000);
    await poller.drained();
    expect(read).toEqual(['s/1', 's/2']);
    expect(stream.calls).toContain('iterator s AFTER_SEQUENCE_NUMBER 1');
    expect(lines).toEqual([]);
  });

  it('goes on with the oldest record that is left after trimming', async () => {
    const stream = streamOf('s');
    const { poller, read, clock } = await start(stream, { startingPosition: 'LATEST' });
    await poller.drained();
    stream.failNext(trimmed);
    stream.write('s');
    poller.wake();
    await settle();
    clock.advance(2000);
    await poller.drained();
    expect(read).toEqual(['s/1']);
    expect(stream.calls).toContain('iterator s TRIM_HORIZON');
  });

  it('survives faults, says each once, and waits longer from fault to fault', async () => {
    const stream = streamOf('s');
    const { poller, read, lines, clock } = await start(stream);
    await poller.drained();
    for (let fault = 0; fault < 3; fault += 1) stream.failNext(new Error('connection refused'));
    stream.write('s');
    poller.wake();
    for (const wait of [400, 800, 1600]) {
      await settle();
      expect(read).toEqual([]);
      // Being woken does not shorten the wait.
      poller.wake();
      clock.advance(wait - 1);
      await settle();
      expect(read).toEqual([]);
      clock.advance(1);
    }
    await settle();
    expect(read).toEqual(['s/1']);
    expect(lines).toEqual(['stream of Items: Error: connection refused']);
  });

  it('starts although the endpoint is not there yet', async () => {
    const stream = streamOf('s');
    stream.write('s');
    stream.failNext(new Error('connection refused'));
    const { poller, clock, read } = await start(stream);
    await settle();
    clock.advance(2000);
    await poller.drained();
    expect(read).toEqual(['s/1']);
  });

  it('finds the stream of a table that was made anew', async () => {
    const stream = streamOf('s');
    let arn = 'arn:old';
    const asked: string[] = [];
    const { poller, clock, read } = await start(stream, {
      resolveStreamArn: async () => {
        asked.push(arn);
        return arn;
      },
    });
    await poller.drained();
    stream.remove('s');
    arn = 'arn:new';
    stream.open('t');
    stream.write('t');
    poller.wake();
    await settle();
    clock.advance(2000);
    await poller.drained();
    expect(read).toEqual(['t/1']);
    expect(asked).toEqual(['arn:old', 'arn:new']);
    expect(stream.calls).toContain('describe arn:new');
  });

  it('moves on to a newer stream once every shard of the old one is read to its end', async () => {
    const old = streamOf('s');
    const newer = streamOf('t');
    let arn = 'arn:old';
    const streamAt = (streamArn: string | undefined) => (streamArn === 'arn:new' ? newer : old);
    const { poller, clock, read } = await start(old, {
      resolveStreamArn: async () => arn,
      streams: {
        describeStream: (input) => streamAt(input.StreamArn).describeStream(input),
        getShardIterator: (input) => streamAt(input.StreamArn).getShardIterator(input),
        getRecords: (input) => (input.ShardIterator?.startsWith('t') ? newer : old).getRecords(input),
      },
    });
    old.write('s');
    old.closeShard('s');
    await poller.drained();
    arn = 'arn:new';
    newer.write('t');
    clock.advance(200);
    await settle();
    await poller.drained();
    expect(read).toEqual(['s/1', 't/1']);
  });

  it('says that a table has no stream', async () => {
    const { lines } = await start(streamOf(), { resolveStreamArn: async () => undefined });
    expect(lines).toEqual(['stream of Items: Error: the table Items has no stream']);
  });

  it('leaves records in the stream while its consumer has enough to do', async () => {
    const stream = streamOf('s');
    const { poller, read, consumer } = await start(stream);
    await poller.drained();
    consumer.accepts = false;
    stream.write('s');
    poller.wake();
    await settle();
    expect(read).toEqual([]);
    let isDrained = false;
    const drained = poller.drained().then(() => {
      isDrained = true;
    });
    await settle();
    expect(isDrained).toBe(false);
    consumer.accepts = true;
    poller.wake();
    await drained;
    expect(read).toEqual(['s/1']);
  });

  it('ends with close(), and lets go of who waits', async () => {
    const stream = streamOf('s');
    const { poller, consumer, clock } = await start(stream);
    consumer.accepts = false;
    const drained = poller.drained();
    await poller.close();
    await drained;
    await poller.drained();
    expect(clock.sleepers).toBe(0);
  });
});
