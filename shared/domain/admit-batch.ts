import {
  admit,
  arrive,
  type BatchSlots,
  type CheckGuard,
  lastHour,
  type Refusal,
  slotsOfBatches,
  wait,
} from './check-guard.ts';
import type { Limits } from './mapping.ts';

/** Many attempts at findings of one check, which are to start as one rate-controlled execution. */
export interface BatchRequest {
  readonly token: string;
  /** Their keys, and those of findings that have not been counted among the check's arrivals yet. */
  readonly members: readonly { readonly key: string; readonly arrival?: string | undefined }[];
  /** How many executions share the free slots: this one, and those that are to follow it. */
  readonly sharers: number;
  readonly place: Pick<BatchSlots, 'account' | 'region'>;
  readonly limits: Limits;
  readonly now: Date;
}

/** So many rate-controlled executions share a check's slots; more would each be slow, and fewer leave slots idle at their ends. */
const SIDE_BY_SIDE = 4;

export type BatchAdmission =
  | {
      readonly admitted: true;
      readonly guard: CheckGuard;
      /** Those that may start; the others wait. */
      readonly keys: ReadonlySet<string>;
      /** How many may run at a time; undefined: the check has no limit. */
      readonly slots: number | undefined;
    }
  | Refusal;

/** Counts many attempts in at once: as many as the limits leave room for, and none through an open breaker. */
export function admitBatch(before: CheckGuard, request: BatchRequest): BatchAdmission {
  const { token, members, sharers, place, limits, now } = request;
  const guard = members.reduce((sum, { arrival }) => arrive(sum, { arrival, limits, now }), before);
  const [first] = members;
  if (first === undefined) throw new TypeError('A batch has members');
  const alone = admit(guard, { key: first.key, limits, now });
  if (!alone.admitted) return alone;
  if (guard.breaker && limits.failureBreaker) {
    const sentence = 'The breaker is open: its trial is one attempt, and never many.';
    return wait(guard, { code: 'BREAKER_OPEN', sentence }, { now });
  }
  const recent = lastHour(guard, now);
  const counted = members.filter(({ key }) => Object.hasOwn(recent, key));
  const room = (limits.maxPerHour ?? Number.POSITIVE_INFINITY) - Object.keys(recent).length;
  const fresh = members.filter(({ key }) => !Object.hasOwn(recent, key)).slice(0, Math.max(0, room));
  const keys = new Set([...counted, ...fresh].map(({ key }) => key));
  const free = slotsFor(guard, limits, sharers);
  const slots = free && Math.max(1, Math.min(keys.size, free.slots));
  const started = Object.fromEntries([...keys].map((key) => [key, now.toISOString()]));
  return {
    admitted: true,
    keys,
    slots,
    guard: {
      ...guard,
      ...(limits.maxPerHour ? { starts: { ...recent, ...started } } : {}),
      ...(slots
        ? { batches: { ...guard.batches, [token]: { slots, since: now.toISOString(), ...place } } }
        : {}),
    },
  };
}

/**
 * The slots for one of many rate-controlled executions; undefined: the check has no limit. What it begins with it keeps
 * to its end, so that with less than half of its share it had better wait for others to end.
 */
export function slotsFor(guard: CheckGuard, { maxConcurrent }: Limits, sharers: number) {
  if (maxConcurrent === undefined) return undefined;
  const running = Object.values(guard.running).reduce((sum, each) => sum + each, 0);
  const inBatches = slotsOfBatches(guard);
  const free = maxConcurrent - running - inBatches;
  const share = Math.ceil(maxConcurrent / Math.max(1, Math.min(sharers, SIDE_BY_SIDE)));
  return { slots: Math.min(free, share), isWorthwhile: inBatches === 0 || free >= share / 2 };
}

/** A rate-controlled execution is over: its slots are free. Done twice, it counts once. */
export function concludeBatch(guard: CheckGuard, token: string): CheckGuard {
  if (!guard.batches || !Object.hasOwn(guard.batches, token)) return guard;
  const { [token]: _, ...batches } = guard.batches;
  return { ...guard, batches };
}
