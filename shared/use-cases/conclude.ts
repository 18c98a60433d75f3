import { concludeBatch } from '../domain/admit-batch.ts';
import { type CheckGuard, conclude, reset, tellOfStorm } from '../domain/check-guard.ts';
import { RemediatorError } from '../domain/errors.ts';
import { guardKeyOf, type Remediation } from '../domain/remediation.ts';
import type { Clock, GuardStore, Place } from '../ports.ts';
import { backOff, TURNS } from './back-off.ts';

export interface GuardDeps {
  readonly guards: GuardStore;
  readonly clock: Clock;
}

/** Gives back what a remediation was counted for. Done twice, it counts once. */
export async function concludeAttempt(
  deps: GuardDeps,
  remediation: Remediation,
  outcome: 'Succeeded' | 'Failed' | 'Cancelled',
): Promise<void> {
  const { policy, checkName } = remediation;
  if (!policy?.maxConcurrent && !policy?.failureBreaker) return;
  const key = guardKeyOf(remediation);
  await changeGuard(deps, { ...remediation, checkName, who: key }, (guard) =>
    conclude(guard, { key, outcome, limits: policy, now: deps.clock.now() }),
  );
}

/** Gives back the slots that a rate-controlled execution was counted for. Done twice, it counts once. */
export async function releaseBatch(
  deps: GuardDeps,
  of: Place & { readonly checkName: string },
  token: string,
): Promise<void> {
  await changeGuard(deps, { ...of, who: token }, (guard) => concludeBatch(guard, token));
}

/** A storm's OpsItem is written down where all of the check's places see it. */
export async function noteStorm(
  deps: GuardDeps,
  of: Place & { readonly checkName: string },
  id: string,
): Promise<void> {
  const { account, region } = of;
  await changeGuard(deps, { ...of, who: id }, (guard) => tellOfStorm(guard, { id, account, region }));
}

/** A person closes the check's breakers. */
export async function resetGuard(deps: GuardDeps, of: Place & { readonly checkName: string }): Promise<void> {
  await changeGuard(deps, { ...of, who: of.checkName }, reset);
}

async function changeGuard(
  { guards, clock }: GuardDeps,
  of: Place & { readonly checkName: string; readonly who: string },
  change: (guard: CheckGuard) => CheckGuard,
): Promise<void> {
  for (let turn = 1; turn <= TURNS; turn++) {
    const { guard } = await guards.read(of.checkName, of);
    const next = change(guard);
    if (JSON.stringify(next) === JSON.stringify(guard) || (await guards.write(of.checkName, next))) return;
    await backOff(clock, turn, of.who);
  }
  throw new RemediatorError(
    'LIFECYCLE_CONFLICT',
    `The counters of ${JSON.stringify(of.checkName)} changed ${TURNS} times while they were written.`,
  );
}
