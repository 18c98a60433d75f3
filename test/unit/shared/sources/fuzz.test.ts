import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatedEvent } from '../../../fuzz/mutate.ts';
import { judge } from '../../../fuzz/oracle.ts';
import { sampleEvent } from '../../../helpers/records.ts';

// The small run of `npm run fuzz`.

describe('mutated events', () => {
  it('are never lost, never throw anything untyped, and never reach a resource that they do not name (property)', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        judge(mutatedEvent(seed).event);
      }),
      { numRuns: 1000 },
    );
  });

  it('are the same for the same seed', () => {
    expect(mutatedEvent(7)).toEqual(mutatedEvent(7));
    expect(mutatedEvent(7)).not.toEqual(mutatedEvent(8));
  });
});

describe('what judges them', () => {
  it('takes every sample that a source reads', () => {
    for (const name of ['ta-unassociated-elastic-ip', 'securityhub-imported-control', 'sns-cloudwatch-alarm'])
      expect(judge(sampleEvent(name))).toEqual({ findings: 1, incomplete: 0, notRecognised: 0 });
  });

  it('counts what cannot be read', () => {
    expect(judge(sampleEvent('ssm-ops-item-update')).notRecognised).toBe(1);
    expect(judge({ ...sampleEvent('macie-policy'), detail: {} }).incomplete).toBe(1);
  });
});
