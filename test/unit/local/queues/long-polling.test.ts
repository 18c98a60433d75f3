import { describe, expect, it } from 'vitest';
import { ARN, start } from './start-queues.ts';

describe('long polling', () => {
  it('returns as soon as a message arrives', async () => {
    const { clock, queues, receive } = start();
    const polling = receive({ WaitTimeSeconds: 20 });
    await clock.advance(1000);
    queues.send(ARN, 'x');
    expect(await polling).toHaveLength(1);
    expect(clock.sleepers).toBe(0);
  });

  it('returns nothing at its end', async () => {
    const { clock, receive } = start();
    const polling = receive({ WaitTimeSeconds: 20 });
    await clock.advance(20_000);
    expect(await polling).toEqual([]);
  });

  it('wakes for a message that becomes visible again', async () => {
    const { clock, queues, receive } = start();
    queues.send(ARN, 'x');
    await receive({ VisibilityTimeout: 5 });
    const polling = receive({ WaitTimeSeconds: 20 });
    await clock.advance(5000);
    expect(await polling).toHaveLength(1);
  });

  it('gives one message to one of two who wait', async () => {
    const { clock, queues, receive } = start();
    const polls = [receive({ WaitTimeSeconds: 20 }), receive({ WaitTimeSeconds: 20 })];
    await clock.advance(0);
    queues.send(ARN, 'x');
    await clock.advance(20_000);
    expect((await Promise.all(polls)).map((messages) => messages.length).sort()).toEqual([0, 1]);
  });

  it('ends when the queues are closed', async () => {
    const { clock, queues, receive } = start();
    const polling = receive({ WaitTimeSeconds: 20 });
    await clock.advance(0);
    queues.close();
    expect(await polling).toEqual([]);
  });
});
