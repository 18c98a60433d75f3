import { describe, expect, it } from 'vitest';
import { backOff, TURNS } from '../../../../shared/use-cases/back-off.ts';
import { FakeClock } from '../../../helpers/fakes.ts';

/** How long each turn's wait is. */
async function waitsOf(who: string, turns = TURNS): Promise<readonly number[]> {
  const waits: number[] = [];
  for (let turn = 1; turn <= turns; turn += 1) {
    const clock = new FakeClock();
    const before = clock.now().getTime();
    await backOff(clock, turn, who);
    waits.push(clock.now().getTime() - before);
  }
  return waits;
}

describe('backOff', () => {
  it('grows, and never beyond two seconds', async () => {
    const waits = await Promise.all(Array.from({ length: 200 }, (_, n) => waitsOf(`f${n}`, 8)));
    const longest = (turn: number) => Math.max(...waits.map((each) => each[turn - 1] ?? 0));
    expect(longest(1)).toBeLessThanOrEqual(80);
    expect(longest(3)).toBeGreaterThan(longest(1));
    expect(longest(3)).toBeLessThanOrEqual(320);
    expect(longest(8)).toBeGreaterThan(1500);
    expect(longest(8)).toBeLessThanOrEqual(2000);
  });

  it('parts those who collide, over the whole of the wait', async () => {
    const waits = await Promise.all(Array.from({ length: 100 }, (_, n) => waitsOf(`f${n}`, 1)));
    const first = waits.map(([wait = 0]) => wait);
    expect(Math.min(...first)).toBeLessThan(10);
    expect(Math.max(...first)).toBeGreaterThan(70);
    expect(new Set(first).size).toBeGreaterThan(40);
  });

  it('a replay waits as long', async () => {
    expect(await waitsOf('f')).toEqual(await waitsOf('f'));
  });

  it('the turns of one who never wins take less than two minutes', async () => {
    const all = await waitsOf('f');
    expect(all).toHaveLength(TURNS);
    expect(all.reduce((sum, each) => sum + each, 0)).toBeLessThan(120_000);
  });
});
