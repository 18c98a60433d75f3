import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';

const lookups = (world: World) => world.faults.count('runbooks.findByTagKey');

describe('looking for what an earlier try may have started', () => {
  it('a row that waited and was never Starting had no such try: nobody is asked', async () => {
    const world = aWorld({ windows: [{ hours: '0 5 * * *', timeZone: 'UTC' }] });
    await world.pass();
    expect(world.states).toEqual(['Deferred']);
    world.clock.advance(Date.parse('2024-05-13T05:00:00Z') - world.clock.now().getTime());
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
    expect(lookups(world)).toBe(0);
  });

  it('one whose start was put off may have been started after all', async () => {
    const world = aWorld();
    world.runbooks.refusal = new RemediatorError('START_THROTTLED', 'Not now.');
    await world.pass();
    expect(world.states).toEqual(['Deferred']);
    world.runbooks.refusal = undefined;
    world.clock.advance(MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
    expect(lookups(world)).toBeGreaterThan(0);
  });
});
