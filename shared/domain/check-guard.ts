import type { Limits } from './mapping.ts';
import type { Reason } from './reason.ts';

/** What is counted for one check, in one row of RemediationGuardTable. Keys name attempts; times are ISO 8601. */
export interface CheckGuard {
  /** Every write is conditional on the version that it was made from. 0: there is no row yet. */
  readonly version: number;
  /** Findings that were to be acted upon, for `stopAfter`. */
  readonly arrivals: Readonly<Record<string, string>>;
  /** Executions that are under way, for `maxConcurrent`. */
  readonly running: Readonly<Record<string, number>>;
  /** Rate-controlled executions that are under way, by their tokens, for `maxConcurrent`. */
  readonly batches?: Readonly<Record<string, BatchSlots>>;
  /** Starts of the last hour, for `maxPerHour`. */
  readonly starts: Readonly<Record<string, string>>;
  /** Failures, for `failureBreaker`. */
  readonly failures: Readonly<Record<string, string>>;
  /** The failure breaker is open since; `trial`: the one attempt that may close it, and since when it tries. */
  readonly breaker?: {
    readonly openedAt: string;
    readonly trial?: { readonly key: string; readonly at: string };
  };
  /** The blast-radius breaker is open since, and until a person says so; `opsItems`: those that tell of it, by ID. */
  readonly storm?: {
    readonly openedAt: string;
    readonly opsItems?: Readonly<Record<string, { readonly account: string; readonly region: string }>>;
  };
}

/** What a rate-controlled execution holds: as many slots as it runs children at a time. */
export interface BatchSlots {
  readonly slots: number;
  readonly since: string;
  readonly account: string;
  readonly region: string;
}

export const NO_GUARD: CheckGuard = { version: 0, arrivals: {}, running: {}, starts: {}, failures: {} };

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** How long what waits for a slot, or for a person, sleeps before it is looked at again. */
const LOOK_AGAIN_MS = 60_000;
const DEFAULT_TRIAL_MINUTES = 60;

/** What a guard says to one attempt: may it start, and what is the guard afterwards. */
export type Admission = { readonly admitted: true; readonly guard: CheckGuard } | Refusal;

export interface Refusal {
  readonly admitted: false;
  readonly guard: CheckGuard;
  readonly reason: Reason;
  readonly until: Date;
  /** It waits on the OpsItem of the storm, and gets none of its own. */
  readonly storm?: boolean;
}

interface Request {
  /** Names the attempt: asked twice, it is counted once. */
  readonly key: string;
  /** Names a finding's episode that has not been counted yet; undefined: it has. */
  readonly arrival?: string | undefined;
  readonly limits: Limits;
  readonly now: Date;
}

/** Counts an attempt in, or says why it must wait. */
export function admit(before: CheckGuard, request: Request): Admission {
  const { key, limits, now } = request;
  const guard = arrive(before, request);
  if (guard.storm) return wait(guard, stormReason(guard.storm, limits), { now, storm: true });
  const blocked =
    breakerOf(guard, request) ?? hourlyLimit(guard, request) ?? concurrencyLimit(guard, request);
  if (blocked) return blocked;
  return {
    admitted: true,
    guard: {
      ...guard,
      ...(limits.maxConcurrent ? { running: { ...guard.running, [key]: 1 } } : {}),
      ...(limits.maxPerHour
        ? { starts: { ...lately(guard.starts, now, HOUR_MS), [key]: now.toISOString() } }
        : {}),
      ...(guard.breaker && limits.failureBreaker
        ? { breaker: { ...guard.breaker, trial: { key, at: now.toISOString() } } }
        : {}),
    },
  };
}

/** Counts a finding of the check, and opens the blast-radius breaker where there are too many. */
export function arrive(
  guard: CheckGuard,
  { arrival, limits: { stopAfter }, now }: Pick<Request, 'arrival' | 'limits' | 'now'>,
): CheckGuard {
  if (!stopAfter || guard.storm || arrival === undefined) return guard;
  const recent = lately(guard.arrivals, now, stopAfter.withinMinutes * MINUTE_MS);
  if (Object.hasOwn(recent, arrival)) return { ...guard, arrivals: recent };
  const arrivals = { ...recent, [arrival]: now.toISOString() };
  if (Object.keys(arrivals).length <= stopAfter.findings) return { ...guard, arrivals };
  return { ...guard, arrivals: {}, storm: { openedAt: now.toISOString() } };
}

function stormReason({ openedAt }: { openedAt: string }, { stopAfter }: Limits): Reason {
  const limit = stopAfter
    ? `more than ${stopAfter.findings} findings within ${stopAfter.withinMinutes} minutes`
    : 'too many findings at once';
  return {
    code: 'STORM_STOPPED',
    sentence: `This check had ${limit}; since ${openedAt} nothing of it is started.`,
    remedy:
      'Look at what they have in common. Set "answer" on the OpsItem of the storm to "resume", or to "reject".',
  };
}

/** Open: everything waits for the trial's time, then one attempt goes ahead and the others wait for it. */
function breakerOf(guard: CheckGuard, { key, limits, now }: Request): Admission | undefined {
  const { breaker } = guard;
  const { failureBreaker } = limits;
  // What the mapping names no longer stops nothing: nobody would write down how a trial of it ended.
  if (!failureBreaker || !breaker || breaker.trial?.key === key) return undefined;
  const minutes = failureBreaker.trialAfterMinutes ?? DEFAULT_TRIAL_MINUTES;
  // A trial of which nothing more was heard makes way for another.
  const trialAt = new Date(Date.parse(breaker.trial?.at ?? breaker.openedAt) + minutes * MINUTE_MS);
  if (now >= trialAt) return undefined;
  const reason = {
    code: 'BREAKER_OPEN',
    sentence: `Too many remediations of this check failed; since ${breaker.openedAt} nothing of it is started.`,
    remedy: `One is tried at ${trialAt.toISOString()}. Mend the cause; set "answer" to "resume" to close the breaker sooner.`,
  };
  return wait(guard, reason, { now, until: trialAt });
}

function hourlyLimit(guard: CheckGuard, { key, limits, now }: Request): Admission | undefined {
  if (limits.maxPerHour === undefined) return undefined;
  const starts = lately(guard.starts, now, HOUR_MS);
  const times = Object.entries(starts).filter(([other]) => other !== key);
  if (times.length < limits.maxPerHour) return undefined;
  const first = Math.min(...times.map(([, at]) => Date.parse(at)));
  const sentence = `${limits.maxPerHour} remediations of this check were started within the last hour, its limit.`;
  return wait(guard, { code: 'HOURLY_LIMIT', sentence }, { now, until: new Date(first + HOUR_MS) });
}

function concurrencyLimit(guard: CheckGuard, { key, limits, now }: Request): Admission | undefined {
  if (limits.maxConcurrent === undefined) return undefined;
  const others = Object.entries(guard.running).filter(([other]) => other !== key);
  const used = others.reduce((sum, [, each]) => sum + each, 0) + slotsOfBatches(guard);
  if (used < limits.maxConcurrent) return undefined;
  const sentence = `${used} remediations of this check are under way; its limit is ${limits.maxConcurrent}.`;
  return wait(guard, { code: 'CONCURRENCY_LIMIT', sentence }, { now });
}

/** The starts of the last hour, by the keys of their attempts. */
export function lastHour(guard: CheckGuard, now: Date): CheckGuard['starts'] {
  return lately(guard.starts, now, HOUR_MS);
}

export function slotsOfBatches({ batches = {} }: CheckGuard): number {
  return Object.values(batches).reduce((sum, { slots }) => sum + slots, 0);
}

interface Wait {
  readonly now: Date;
  readonly until?: Date;
  readonly storm?: boolean;
}

export function wait(guard: CheckGuard, reason: Reason, { now, until, storm }: Wait): Refusal {
  const soon = new Date(now.getTime() + LOOK_AGAIN_MS);
  return {
    admitted: false,
    guard,
    reason,
    until: until && until > soon ? until : soon,
    ...(storm ? { storm } : {}),
  };
}

interface End {
  readonly key: string;
  readonly outcome: 'Succeeded' | 'Failed' | 'Cancelled';
  readonly limits: Limits;
  readonly now: Date;
}

/** An attempt is over: its slot is free, and its failure counts. The same end twice counts once. */
export function conclude(before: CheckGuard, { key, outcome, limits, now }: End): CheckGuard {
  const { [key]: _, ...running } = before.running;
  const guard = { ...before, running };
  const { failureBreaker } = limits;
  const trial = guard.breaker?.trial?.key === key;
  if (trial && outcome === 'Succeeded') return closeBreaker(guard);
  if (trial) return { ...guard, breaker: { openedAt: now.toISOString() } };
  if (outcome !== 'Failed' || !failureBreaker) return guard;
  const recent = lately(guard.failures, now, failureBreaker.withinMinutes * MINUTE_MS);
  const failures = { ...recent, [key]: recent[key] ?? now.toISOString() };
  if (Object.keys(failures).length < failureBreaker.failures || guard.breaker) return { ...guard, failures };
  return { ...guard, failures: {}, breaker: { openedAt: now.toISOString() } };
}

/** A storm has an OpsItem in each place where it stops findings: a word on one of them is said of all. */
export function tellOfStorm(
  guard: CheckGuard,
  { id, account, region }: { readonly id: string; readonly account: string; readonly region: string },
): CheckGuard {
  if (!guard.storm || guard.storm.opsItems?.[id]) return guard;
  const opsItems = { ...guard.storm.opsItems, [id]: { account, region } };
  return { ...guard, storm: { ...guard.storm, opsItems } };
}

/** A person's word: the failure breaker and the blast-radius breaker are closed, and the counts begin anew. */
export function reset(guard: CheckGuard): CheckGuard {
  const { storm: _, ...rest } = closeBreaker(guard);
  return { ...rest, arrivals: {} };
}

function closeBreaker(guard: CheckGuard): CheckGuard {
  const { breaker: _, ...rest } = guard;
  return { ...rest, failures: {} };
}

function lately(times: Readonly<Record<string, string>>, now: Date, ms: number): Record<string, string> {
  return Object.fromEntries(Object.entries(times).filter(([, at]) => Date.parse(at) > now.getTime() - ms));
}
