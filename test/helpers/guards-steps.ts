import fc from 'fast-check';
import { EXECUTION_MODES } from '../../shared/domain/execution-mode.ts';
import type { Status } from '../../shared/domain/finding.ts';

/** One thing that happens. */
export type Step =
  | { readonly do: 'event'; readonly events: readonly AnEvent[] }
  | { readonly do: 'repeat'; readonly which: number }
  | { readonly do: 'redeliver' }
  | {
      readonly do: 'end';
      readonly which: number;
      readonly status: string;
      readonly told: 'once' | 'twice' | 'lost';
    }
  | { readonly do: 'say'; readonly which: number; readonly answer: string }
  | { readonly do: 'resolve'; readonly which: number }
  | { readonly do: 'map'; readonly changes: Readonly<Record<string, unknown>> }
  /** The mapping fills in its parameters in one of two ways. */
  | { readonly do: 'plan'; readonly prefix: string }
  | { readonly do: 'default'; readonly row: Readonly<Record<string, unknown>> }
  | { readonly do: 'except'; readonly which: number; readonly seconds: number | undefined }
  | { readonly do: 'forget exceptions' }
  | { readonly do: 'tag'; readonly which: number; readonly tags: Readonly<Record<string, string>> }
  | { readonly do: 'calendar'; readonly open: boolean }
  | { readonly do: 'throttle'; readonly on: boolean }
  | { readonly do: 'fail'; readonly method: string; readonly answered: boolean }
  | { readonly do: 'reconcile' }
  | { readonly do: 'wait'; readonly seconds: number };

export interface AnEvent {
  readonly which: number;
  readonly status: Status;
  /** When it was seen, from now. */
  readonly seconds: number;
}

const which = fc.nat(2);
const some = (...rows: readonly Readonly<Record<string, unknown>>[]) => fc.constantFrom(...rows);

const mapping = some(
  ...[...EXECUTION_MODES, undefined].map((executionMode) => ({ executionMode })),
  ...[1, 2, 3].flatMap((n) => [{ maxConcurrent: n }, { maxPerHour: n }, { maxAttempts: n }]),
  { automationStatus: false },
  { automationStatus: true },
  { automationStatus: true, executionMode: 'automatic' },
  { automationStatus: true, executionMode: 'approval' },
  { stopAfter: { findings: 1, withinMinutes: 30 } },
  { stopAfter: undefined },
  { failureBreaker: { failures: 1, withinMinutes: 60, trialAfterMinutes: 20 } },
  { failureBreaker: undefined },
  { coolDownSeconds: 900 },
  { coolDownSeconds: 0 },
  { windows: [{ hours: '* 0-5 * * *' }] },
  { windows: undefined },
  { changeCalendars: ['freeze'] },
  { changeCalendars: undefined },
  { exemptTags: ['exempt'] },
  { requiredTags: ['opted'] },
  { requiredTags: undefined, exemptTags: undefined, accounts: undefined },
  { accounts: { exclude: ['012345678901'] } },
  { resolveOn: 'verification', onStillRed: 'retry' },
  { resolveOn: 'verification', onStillRed: 'rollback' },
  { resolveOn: 'execution' },
  { opsItem: { per: 'check' } },
  { opsItem: undefined },
  { extra: 1 },
);

/** How a story begins: much comes of a mapping only where it holds for a while. */
const beginning = some(
  {},
  { executionMode: 'approval' },
  { failureBreaker: { failures: 1, withinMinutes: 60, trialAfterMinutes: 20 }, retryAfterSeconds: 30 },
  { stopAfter: { findings: 2, withinMinutes: 60 } },
  { resolveOn: 'verification', onStillRed: 'rollback' },
  { resolveOn: 'verification', verifyWithinHours: 1 },
  { coolDownSeconds: 900, maxPerHour: 2 },
  { maxConcurrent: 1, maxPerHour: 10 },
  { maxAttempts: 2, retryAfterSeconds: 30 },
  { windows: [{ hours: '* 0-5 * * *' }] },
  { loop: { times: 1, withinHours: 24 } },
  { requiredTags: ['opted'], changeCalendars: ['freeze'] },
);

const methods = [
  'mappings.find',
  'exceptions.list',
  'guards.read',
  'guards.write',
  'guards.takeOpsItem',
  'executions.claim',
  'executions.begin',
  'executions.transition',
  'executions.amend',
  'executions.list',
  'opsItems.create',
  'opsItems.update',
  'opsItems.read',
  'runbooks.start',
  'runbooks.describe',
  'runbooks.findByTagKey',
  'runbooks.get',
  'tags.of',
  'calendars.stateOf',
  'checks.get',
];

const event = fc.record({
  which,
  status: fc.constantFrom('Red', 'Red', 'Red', 'Yellow', 'Green'),
  seconds: fc.integer({ min: -300, max: 300 }),
});

const happen = {
  event: fc.record({
    do: fc.constant('event' as const),
    events: fc.array(event, { minLength: 1, maxLength: 4 }),
  }),
  repeat: fc.record({ do: fc.constant('repeat' as const), which: fc.nat(20) }),
  redeliver: fc.constant({ do: 'redeliver' } as const),
  end: fc.record({
    do: fc.constant('end' as const),
    which,
    status: fc.constantFrom('Success', 'Failed', 'Failed', 'Cancelled', 'TimedOut'),
    told: fc.constantFrom('once', 'twice', 'lost'),
  }),
  say: fc.record({
    do: fc.constant('say' as const),
    which: fc.nat(5),
    answer: fc.constantFrom('approve', 'approve', 'retry', 'retry', 'reject', 'resume', 'what?'),
  }),
  resolve: fc.record({ do: fc.constant('resolve' as const), which: fc.nat(5) }),
  map: fc.record({ do: fc.constant('map' as const), changes: mapping }),
  plan: fc.record({ do: fc.constant('plan' as const), prefix: fc.constantFrom('', 'x') }),
  default: fc.record({
    do: fc.constant('default' as const),
    row: some(
      {},
      {},
      {},
      { executionMode: 'off' },
      { executionMode: 'approval' },
      { automationStatus: false },
      { exemptTags: ['exempt'] },
    ),
  }),
  except: fc.record({
    do: fc.constant('except' as const),
    which,
    seconds: fc.constantFrom(60, 1800, undefined),
  }),
  'forget exceptions': fc.constant({ do: 'forget exceptions' } as const),
  tag: fc.record({
    do: fc.constant('tag' as const),
    which,
    tags: fc.constantFrom<Record<string, string>>(
      {},
      { exempt: '' },
      { opted: '' },
      { 'remediator:mode': 'notify' },
      { 'remediator:mode': 'approval' },
    ),
  }),
  calendar: fc.record({ do: fc.constant('calendar' as const), open: fc.boolean() }),
  throttle: fc.record({ do: fc.constant('throttle' as const), on: fc.boolean() }),
  fail: fc.record({
    do: fc.constant('fail' as const),
    method: fc.constantFrom(...methods),
    answered: fc.boolean(),
  }),
  reconcile: fc.constant({ do: 'reconcile' } as const),
  wait: fc.record({
    do: fc.constant('wait' as const),
    seconds: fc.constantFrom(1, 30, 61, 300, 1200, 3600, 90_000),
  }),
} as const satisfies { readonly [Name in Step['do']]: fc.Arbitrary<Step> };

/** How often each happens where anything may. */
const OFTEN = { event: 6, redeliver: 2, end: 4, say: 3, map: 2, fail: 2, reconcile: 5, wait: 5 };

function steps(often: Partial<Record<Step['do'], number>>): fc.Arbitrary<Step[]> {
  const names = Object.keys(often) as Step['do'][];
  const step = fc.oneof(...names.map((name) => ({ weight: often[name] ?? 1, arbitrary: happen[name] })));
  return fc.array<Step>(step, { maxLength: 60, size: 'max' });
}

function begun(rows: typeof beginning, rest: fc.Arbitrary<Step[]>): fc.Arbitrary<Step[]> {
  return fc.tuple(rows, rest).map(([changes, more]) => [{ do: 'map', changes }, ...more]);
}

const all = Object.fromEntries(Object.keys(happen).map((name) => [name, 1]));

/** Anything at all; and less of it, where what a few things do to each other would be lost in the crowd. */
export const story: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 3, arbitrary: begun(beginning, steps({ ...all, ...OFTEN })) },
  {
    weight: 1,
    arbitrary: begun(
      some({ executionMode: 'approval', maxPerHour: 100, retryAfterSeconds: 30 }),
      steps({ event: 2, end: 2, say: 4, plan: 2, reconcile: 2, wait: 2 }),
    ),
  },
  {
    weight: 1,
    arbitrary: begun(
      some(
        { maxAttempts: 1, maxPerHour: 100 },
        { maxAttempts: 2, maxPerHour: 100, retryAfterSeconds: 30 },
        {
          failureBreaker: { failures: 1, withinMinutes: 60, trialAfterMinutes: 20 },
          retryAfterSeconds: 30,
          maxPerHour: 100,
        },
      ),
      steps({ event: 4, end: 4, say: 1, reconcile: 3, wait: 3 }),
    ),
  },
);
