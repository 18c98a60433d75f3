import { describe, expect, it } from 'vitest';
import { startTestPoller, streamOf } from '../../../helpers/local-streams.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('startStreamPoller', () => {
  it('reads what is there from TRIM_HORIZON, and what is written later at once when woken', async () => {
    const stream = streamOf('s');
    stream.write('s', 2);
    const { poller, read } = await startTestPoller(stream);
    await poller.drained();
    stream.write('s');
    poller.wake();
    await settle();
    expect(read).toEqual(['s/1', 's/2', 's/3']);
  });

  it('leaves out what was written before, from LATEST, but nothing written once it has started', async () => {
    const stream = streamOf('s');
    stream.write('s', 2);
    const { poller, read } = await startTestPoller(stream, { startingPosition: 'LATEST' });
    stream.write('s');
    await poller.drained();
    expect(read).toEqual(['s/3']);
  });

  it('looks every 200 ms without being woken', async () => {
    const stream = streamOf('s');
    const { clock, read } = await startTestPoller(stream);
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
    const { poller, read } = await startTestPoller(stream);
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
    const { poller, read } = await startTestPoller(stream);
    await poller.drained();
    expect(read).toEqual(['child/1']);
  });

  it('starts with the newest shards from LATEST, and reads their children whole', async () => {
    const stream = streamOf('old');
    stream.write('old');
    stream.closeShard('old');
    stream.open('now', 'old');
    stream.write('now');
    const { poller, read } = await startTestPoller(stream, { startingPosition: 'LATEST' });
    stream.write('now');
    stream.open('next', 'now');
    stream.write('next');
    stream.closeShard('now');
    await poller.drained();
    expect(read).toEqual(['now/3', 'next/4']);
  });

  it('leaves records in the stream while its consumer has enough to do', async () => {
    const stream = streamOf('s');
    const { poller, read, consumer } = await startTestPoller(stream);
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
    const { poller, consumer, clock } = await startTestPoller(stream);
    consumer.accepts = false;
    const drained = poller.drained();
    await poller.close();
    await drained;
    await poller.drained();
    expect(clock.sleepers).toBe(0);
  });
});
