import { describe, expect, it } from 'vitest';
import { decide } from '../../../../shared/domain/decide.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { GATES } from '../../../../shared/domain/gates.ts';
import { aMapping, circumstances, RUNBOOK } from '../../../helpers/findings.ts';

import { CASES, exception, inSeconds } from './gate-cases.ts';

describe('GATES', () => {
  it('are tried below, each of them, in this order', () => {
    expect(CASES.map(({ gate }) => gate)).toEqual(GATES.map(({ name }) => name));
  });

  it.each(CASES)('$gate: objects with $verdict.code, and with nothing else', ({ changes, verdict, gate }) => {
    const { code, ...rest } = verdict;
    const decision = decide(circumstances(changes));
    expect(decision).toMatchObject({ ...rest, reason: { code } });
    expect('until' in decision).toBe('until' in verdict);
    expect(decision.parameters).toBeUndefined();
    expect(decision.guard).toBeUndefined();
    const { mapping = aMapping() } = circumstances(changes);
    if (mapping instanceof RemediatorError) throw mapping;
    const objecting = GATES.filter(({ judge }) => judge(circumstances(changes), mapping)).map(
      ({ name }) => name,
    );
    expect(objecting[0]).toBe(gate);
  });

  it.each(CASES)('$gate: lets the nearest that it allows pass', ({ passes }) => {
    expect(decide(circumstances(passes)).action).toBe('start');
  });

  it.each(CASES.filter(({ verdict }) => verdict.action === 'notify'))(
    '$gate: names the runbook, and what a person can do',
    ({ changes }) => {
      expect(decide(circumstances(changes))).toMatchObject({
        runbook: RUNBOOK,
        reason: { sentence: expect.stringMatching(/\.$/), remedy: expect.stringMatching(/^[A-Z].+\.$/) },
      });
    },
  );

  it('of two that object the earlier one decides: what is excepted is left alone in a pause, too', () => {
    for (const [index, first] of CASES.entries())
      for (const second of CASES.slice(index + 1)) {
        const both = { ...circumstances(second.changes), ...first.changes };
        if (first.changes.mapping && second.changes.mapping) continue;
        if (first.changes.tags && second.changes.tags) continue;
        expect(decide(both).reason.code, `${first.gate}, ${second.gate}`).toBe(first.verdict.code);
      }
  });

  it('need nothing that is read only where something may be started', () => {
    const bare = { tags: undefined, runbook: undefined, calendars: undefined } as const;
    for (const { changes, verdict } of CASES.slice(0, 7))
      expect(decide(circumstances({ ...bare, ...changes })).reason.code).toBe(verdict.code);
  });
});

describe('an exception', () => {
  it.each([
    ['without an end', undefined],
    ['that lasts for days', inSeconds(5 * 86_400).getTime() / 1000],
  ])('%s is looked at again each hour, since people remove exceptions', (_, expiresAt) => {
    const decision = decide(circumstances({ exceptions: [{ ...exception, expiresAt }] }));
    expect(decision).toMatchObject({
      action: 'suppress',
      until: inSeconds(3600),
      reason: { code: 'EXCEPTED' },
    });
  });

  it('without an end says so', () => {
    const decision = decide(circumstances({ exceptions: [{ ...exception, expiresAt: undefined }] }));
    expect(decision.reason.sentence).toBe('Excepted by team without an end: load test');
  });

  it('says who answers for it, until when, and why', () => {
    expect(decide(circumstances({ exceptions: [exception] })).reason.sentence).toBe(
      `Excepted by team until ${inSeconds(60).toISOString()}: load test`,
    );
  });
});
