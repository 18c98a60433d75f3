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
  { automationParameters: '{"GroupId":["$resourceId"],"IpAddressToBlock":["x$resource"]}' },
  { extra: 1 },
);

/** How a story begins: much comes of a mapping only where it holds for a while. */
export const beginning = some(
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

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('event'),
      events: fc.array(event, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat'), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('redeliver') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('end'),
      which,
      status: fc.constantFrom('Success', 'Failed', 'Failed', 'Cancelled', 'TimedOut'),
      told: fc.constantFrom('once', 'twice', 'lost'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('say'),
      which: fc.nat(5),
      answer: fc.constantFrom('approve', 'approve', 'retry', 'retry', 'reject', 'resume', 'what?'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resolve'), which: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('map'), changes: mapping }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('default'),
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
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('except'), which, seconds: fc.constantFrom(60, 1800, undefined) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget exceptions') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('tag'),
      which,
      tags: fc.constantFrom<Record<string, string>>(
        {},
        { exempt: '' },
        { opted: '' },
        { 'remediator:mode': 'notify' },
        { 'remediator:mode': 'approval' },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('calendar'), open: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('throttle'), on: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fail'),
      method: fc.constantFrom(...methods),
      answered: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('reconcile') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('wait'),
      seconds: fc.constantFrom(1, 30, 61, 300, 1200, 3600, 90_000),
    }),
  },
) as fc.Arbitrary<Step>;
