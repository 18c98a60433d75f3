import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import type { Circumstances } from '../../../../shared/domain/circumstances.ts';
import type { Verdict } from '../../../../shared/domain/decision.ts';
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
export const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
export const at = (seconds: number) => inSeconds(seconds).toISOString();
export const PARAMETERS = { GroupId: [GROUP_ID], AutomationAssumeRole: [ROLE_ARN] };
export const approval = {
  by: 'arn:aws:iam::012345678901:user/me',
  at: at(-1),
  of: digestOf(RUNBOOK, PARAMETERS),
};
const attempt = (number: number, changes = {}) =>
  aRemediation({ ...attemptKey(aTrackedFinding(), number), ...changes });
export const waiting = (changes = {}) =>
  attempt(1, { state: 'Deferred', reasonCode: 'WINDOW_CLOSED', ...changes });
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

/** One brake: what it objects to, and the nearest that it lets pass. */
export interface Case {
  readonly brake: string;
  readonly changes: Partial<Circumstances>;
  readonly verdict: Partial<Verdict> & { readonly code: string; readonly until?: Date };
  /** The nearest that lets it pass. */
  readonly passes: Partial<Circumstances>;
}

export const CASES: readonly Case[] = [
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
