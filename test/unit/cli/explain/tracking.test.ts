import fc from 'fast-check';
import { expect, it } from 'vitest';
import { track } from '../../../../cli/explain/tracking.ts';
import { FakeCheckStore } from '../../../helpers/fakes-check-store.ts';
import { aFinding } from '../../../helpers/findings.ts';

it('foretells what check-tracker writes, whatever comes after what', async () => {
  const events = fc.array(
    fc.record({ status: fc.constantFrom('Red', 'Yellow', 'Green'), minute: fc.integer({ min: 0, max: 4 }) }),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(events, async (all) => {
      const store = new FakeCheckStore();
      for (const { status, minute } of all) {
        const finding = aFinding({ status, observedAt: new Date(minute * 60_000) });
        const { findingId } = track(finding, undefined).finding;
        const foretold = track(finding, await store.get(findingId));
        expect(await store.track(finding)).toBe(foretold.written ? 'written' : 'stale');
        expect(await store.get(findingId)).toEqual(foretold.finding);
      }
    }),
    { numRuns: 100 },
  );
});
