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
  const slots = limits.maxConcurrent && shareOf(limits.maxConcurrent - used(guard), sharers, keys.size);
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

function shareOf(free: number, sharers: number, size: number): number {
  return Math.max(1, Math.min(size, Math.floor(free / sharers)));
}

function used(guard: CheckGuard): number {
  return Object.values(guard.running).reduce((sum, each) => sum + each, slotsOfBatches(guard));
}

/** A rate-controlled execution is over: its slots are free. Done twice, it counts once. */
export function concludeBatch(guard: CheckGuard, token: string): CheckGuard {
  if (!guard.batches || !Object.hasOwn(guard.batches, token)) return guard;
  const { [token]: _, ...batches } = guard.batches;
  return { ...guard, batches };
}
