import { describe, expect, it } from 'vitest';
import { BRAKES } from '../../../../shared/domain/brakes.ts';
import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import type { Circumstances } from '../../../../shared/domain/circumstances.ts';
import { decide, planFor } from '../../../../shared/domain/decide.ts';
import type { Verdict } from '../../../../shared/domain/decision.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { attemptKey, digestOf } from '../../../../shared/domain/remediation.ts';
import {
  aMapping,
  aRemediation,
  aTrackedFinding,
  circumstances,
  GROUP_ID,
  ROLE_ARN,
  RUNBOOK,
} from '../../../helpers/findings.ts';

const NOW = circumstances().now;
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const at = (seconds: number) => inSeconds(seconds).toISOString();
const PARAMETERS = { GroupId: [GROUP_ID], AutomationAssumeRole: [ROLE_ARN] };
const approval = { by: 'arn:aws:iam::012345678901:user/me', at: at(-1), of: digestOf(RUNBOOK, PARAMETERS) };
const attempt = (number: number, changes = {}) =>
  aRemediation({ ...attemptKey(aTrackedFinding(), number), ...changes });
const waiting = (changes = {}) => attempt(1, { state: 'Deferred', reasonCode: 'WINDOW_CLOSED', ...changes });
const failed = attempt(1, { state: 'Failed', stateReason: 'RUNBOOK_FAILED: because' });
const round = (episode: number, started: number) =>
  aRemediation({
    ...attemptKey({ ...aTrackedFinding(), episode }),
    state: 'Resolved',
    enteredAt: { Running: at(started) },
  });
const looped = (started: number) => ({
  finding: aTrackedFinding({ episode: 3 }),
  mapping: aMapping({ loop: { times: 2, withinHours: 1 } }),
  history: [round(1, -3000), round(2, started)],
});
const windows = [{ hours: '30-59 4 * * *', timeZone: 'UTC' }];

interface Case {
  readonly brake: string;
  readonly changes: Partial<Circumstances>;
  readonly verdict: Partial<Verdict> & { readonly code: string; readonly until?: Date };
  /** The nearest that lets it pass. */
  readonly passes: Partial<Circumstances>;
}

const CASES: readonly Case[] = [
  {
    brake: 'maxAttempts',
    changes: { attempt: 2, mapping: aMapping({ maxAttempts: 1 }), history: [failed] },
    verdict: { action: 'notify', code: 'ATTEMPTS_EXHAUSTED' },
    passes: { attempt: 2, mapping: aMapping({ maxAttempts: 2 }), history: [failed] },
  },
  {
    brake: 'loop',
    changes: looped(-3599),
    verdict: { action: 'notify', code: 'LOOP_DETECTED' },
    passes: looped(-3600),
  },
  {
    brake: 'dryRun',
    changes: { mapping: aMapping({ executionMode: 'dryRun' }) },
    verdict: { action: 'dryRun', code: 'DRY_RUN' },
    passes: {},
  },
  {
    brake: 'retry',
    changes: { current: waiting({ notBefore: at(0.001) }) },
    verdict: { action: 'defer', code: 'RETRY', until: inSeconds(0.001) },
    passes: { current: waiting({ notBefore: at(0) }) },
  },
  {
    brake: 'coolDownSeconds',
    changes: {
      mapping: aMapping({ coolDownSeconds: 60 }),
      history: [attempt(1, { state: 'Resolved', succeededAt: at(-59) })],
    },
    verdict: { action: 'defer', code: 'COOLING_DOWN', until: inSeconds(1) },
    passes: {
      mapping: aMapping({ coolDownSeconds: 60 }),
      history: [attempt(1, { state: 'Resolved', succeededAt: at(-60) })],
    },
  },
  {
    brake: 'approval',
    changes: { mapping: aMapping({ executionMode: 'approval', approveWithinHours: 2 }) },
    verdict: { action: 'ask', code: 'APPROVAL_NEEDED', until: inSeconds(7200) },
    passes: { mapping: aMapping({ executionMode: 'approval' }), current: waiting({ approval }) },
  },
  {
    brake: 'windows',
    changes: { mapping: aMapping({ windows }), now: new Date('2024-05-13T04:29:59.999Z') },
    verdict: { action: 'defer', code: 'WINDOW_CLOSED', until: new Date('2024-05-13T04:30:00Z') },
    passes: { mapping: aMapping({ windows }), now: new Date('2024-05-13T04:30:00Z') },
  },
  {
    brake: 'changeCalendars',
    changes: {
      mapping: aMapping({ changeCalendars: ['c'] }),
      calendars: { open: false, changesAt: inSeconds(5) },
    },
    verdict: { action: 'defer', code: 'CALENDAR_CLOSED', until: inSeconds(5) },
    passes: {
      mapping: aMapping({ changeCalendars: ['c'] }),
      calendars: { open: true, changesAt: inSeconds(5) },
    },
  },
  {
    brake: 'start rate',
    changes: { throttledUntil: inSeconds(0.001) },
    verdict: { action: 'defer', code: 'START_RATE', until: inSeconds(0.001) },
    passes: { throttledUntil: inSeconds(0) },
  },
  {
    brake: 'limits',
    changes: { mapping: aMapping({ maxConcurrent: 1 }), guard: { ...NO_GUARD, running: { other: 1 } } },
    verdict: { action: 'defer', code: 'CONCURRENCY_LIMIT', until: inSeconds(60) },
    passes: { mapping: aMapping({ maxConcurrent: 2 }), guard: { ...NO_GUARD, running: { other: 1 } } },
  },
];

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
