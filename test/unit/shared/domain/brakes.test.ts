import { describe, expect, it } from 'vitest';
import { BRAKES } from '../../../../shared/domain/brakes.ts';
import type { Circumstances } from '../../../../shared/domain/circumstances.ts';
import { decide, planFor } from '../../../../shared/domain/decide.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { digestOf } from '../../../../shared/domain/remediation.ts';
import { aMapping, circumstances, RUNBOOK } from '../../../helpers/findings.ts';

import { approval, at, CASES, inSeconds, PARAMETERS, waiting } from './brake-cases.ts';

describe('BRAKES', () => {
  it('are tried below, each of them, in this order', () => {
    expect(CASES.map(({ brake }) => brake)).toEqual(BRAKES.map(({ name }) => name));
  });

  it.each(CASES)(
    '$brake: holds it back with $verdict.code, and alone does',
    ({ changes, verdict, brake }) => {
      const { code, ...rest } = verdict;
      const given = circumstances(changes);
      const decision = decide(given);
      expect(decision).toMatchObject({
        ...rest,
        reason: { code, sentence: expect.stringMatching(/\.$|: /) },
      });
      if (given.mapping === undefined || given.mapping instanceof RemediatorError)
        throw new Error('No mapping');
      const plan = planFor(given, given.mapping);
      if (plan instanceof RemediatorError) throw plan;
      expect(BRAKES.filter(({ judge }) => judge(given, plan)).map(({ name }) => name)).toEqual([brake]);
    },
  );

  it.each(CASES)('$brake: lets the nearest that it allows pass', ({ passes }) => {
    expect(decide(circumstances(passes)).action).toBe('start');
  });

  it.each(CASES)('$brake: shows the runbook and the exact parameters', ({ changes }) => {
    expect(decide(circumstances(changes))).toMatchObject({ runbook: RUNBOOK, parameters: PARAMETERS });
  });

  it.each(CASES.slice(0, -1))('$brake: counts nothing', ({ changes }) => {
    const mapping = aMapping({ ...limitsOf(changes), maxConcurrent: 1, maxPerHour: 1 });
    const counted = decide(circumstances({ ...changes, mapping })).guard;
    expect(counted).toBeUndefined();
  });
});

/** The row that a case's mapping was made from, as far as a mapping tells. */
function limitsOf({ mapping }: Partial<Circumstances>): Record<string, unknown> {
  if (mapping === undefined || mapping instanceof RemediatorError) return {};
  const { maxAttempts, loop, executionMode, coolDownSeconds, changeCalendars } = mapping;
  const windowed = mapping.windows.length > 0 ? { windows: mapping.windows } : {};
  return { maxAttempts, loop, executionMode, coolDownSeconds, changeCalendars, ...windowed };
}

describe('what a person said', () => {
  it.each([
    ['one more attempt than the mapping allows', CASES[0]?.changes],
    ['one more round of a loop', CASES[1]?.changes],
  ])('gives %s', (_, changes) => {
    expect(decide(circumstances({ ...changes, current: waiting({ approval }) }))).toMatchObject({
      action: 'start',
      reason: { code: 'APPROVED', sentence: expect.stringContaining(approval.by) },
    });
  });

  it('is a yes to exactly what they saw, and to nothing else', () => {
    const mapping = aMapping({ executionMode: 'approval' });
    const asked = { ...PARAMETERS, GroupId: ['sg-other'] };
    const plan = { document: RUNBOOK, parameters: asked };
    const other = { ...approval, of: digestOf(RUNBOOK, asked) };
    const current = waiting({ state: 'AwaitingApproval', ...plan, approval: other, answerBy: at(60) });
    expect(decide(circumstances({ mapping, current }))).toMatchObject({
      action: 'ask',
      until: inSeconds(72 * 3600),
    });
    // Where nobody needs to be asked, it is not they who are named.
    expect(decide(circumstances({ current }))).toMatchObject({
      action: 'start',
      reason: { code: 'MAPPED', sentence: expect.not.stringContaining(approval.by) },
    });
  });

  it('is asked for until the time that was said first, however often it is decided anew', () => {
    const mapping = aMapping({ executionMode: 'approval' });
    const plan = { document: RUNBOOK, parameters: PARAMETERS };
    const current = waiting({ state: 'AwaitingApproval', ...plan, answerBy: at(-5), nextActionAt: at(60) });
    expect(decide(circumstances({ mapping, current }))).toMatchObject({
      action: 'ask',
      until: inSeconds(-5),
    });
  });

  it('loosens no window, no calendar, no cool-down, no limit', () => {
    const mode = { executionMode: 'approval' };
    for (const { changes, verdict } of CASES.slice(6)) {
      const mapping = aMapping({ ...limitsOf(changes), ...mode, ...limitsOfRunning(changes) });
      const decision = decide(circumstances({ ...changes, mapping, current: waiting({ approval }) }));
      expect(decision.reason.code).toBe(verdict.code);
    }
  });
});

function limitsOfRunning({ guard }: Partial<Circumstances>) {
  return guard ? { maxConcurrent: 1 } : {};
}
