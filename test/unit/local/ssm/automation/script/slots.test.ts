import { describe, expect, it } from 'vitest';
import { Slots } from '../../../../../../local/ssm/automation/script/slots.ts';

const free = () => new AbortController().signal;
const settled = () => new Promise(setImmediate);

describe('Slots', () => {
  it('lets so many in at once, the others in the order of their coming', async () => {
    const slots = new Slots(2);
    const entered: number[] = [];
    const leave = [await slots.take(free()), await slots.take(free())];
    const waiting = [1, 2].map(async (number) => {
      const release = await slots.take(free());
      entered.push(number);
      return release;
    });
    await settled();
    expect(entered).toEqual([]);
    leave[0]?.();
    await settled();
    expect(entered).toEqual([1]);
    (await waiting[0])?.();
    (await waiting[1])?.();
    expect(entered).toEqual([1, 2]);
  });

  it('forgets those that are cancelled while they wait', async () => {
    const slots = new Slots(1);
    const release = await slots.take(free());
    const cancelled = new AbortController();
    const first = slots.take(cancelled.signal);
    const second = slots.take(free());
    cancelled.abort(new Error('stop'));
    await expect(first).rejects.toThrow('stop');
    release();
    (await second)();
    await expect(slots.take(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    await slots.take(free());
  });

  it('does not take away a slot that is in use when its taker is cancelled later', async () => {
    const slots = new Slots(1);
    const release = await slots.take(free());
    const later = new AbortController();
    const second = slots.take(later.signal);
    release();
    const releaseSecond = await second;
    later.abort();
    const third = slots.take(free());
    releaseSecond();
    await third;
  });
});
