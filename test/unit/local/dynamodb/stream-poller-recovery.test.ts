import { describe, expect, it } from 'vitest';
import { expired, startTestPoller, streamOf, trimmed } from '../../../helpers/local-streams.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('startStreamPoller, when the stream does otherwise', () => {
  it('takes a shard that shows a last sequence number for open while it gives iterators', async () => {
    const stream = streamOf('s');
    stream.showsEndOfOpenShards = true;
    stream.write('s');
    const { poller, read } = await startTestPoller(stream);
    await poller.drained();
    stream.write('s');
    await poller.drained();
    expect(read).toEqual(['s/1', 's/2']);
  });

  it('goes on with a shard whose iterator ended while it is still open, without a storm of requests', async () => {
    const stream = streamOf('s');
    stream.endsIterators = true;
    stream.write('s');
    const { poller, read, clock } = await startTestPoller(stream);
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
    const { poller, read, lines, clock } = await startTestPoller(stream);
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
    const { poller, read, clock } = await startTestPoller(stream, { startingPosition: 'LATEST' });
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
    const { poller, read, lines, clock } = await startTestPoller(stream);
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
    const { poller, clock, read } = await startTestPoller(stream);
    await settle();
    clock.advance(2000);
    await poller.drained();
    expect(read).toEqual(['s/1']);
  });

  it('finds the stream of a table that was made anew', async () => {
    const stream = streamOf('s');
    let arn = 'arn:old';
    const asked: string[] = [];
    const { poller, clock, read } = await startTestPoller(stream, {
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
    const { poller, clock, read } = await startTestPoller(old, {
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
    const { lines } = await startTestPoller(streamOf(), { resolveStreamArn: async () => undefined });
    expect(lines).toEqual(['stream of Items: Error: the table Items has no stream']);
  });
});
