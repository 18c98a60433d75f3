import { type Explanation, explain } from '../../shared/domain/explain.ts';
import type { Finding, TrackedFinding } from '../../shared/domain/finding.ts';
import { type NextStep, nextStep } from '../../shared/domain/next-step.ts';
import { attemptKey, type Remediation } from '../../shared/domain/remediation.ts';
import type { CheckStore, ExecutionStore } from '../../shared/ports.ts';
import { type GatherReads, gather } from '../../shared/use-cases/gather.ts';
import { type Tracking, track } from './tracking.ts';

/** What explaining rests on; nothing of it is written. */
export interface World {
  readonly checks: Pick<CheckStore, 'get'>;
  readonly executions: Pick<ExecutionStore, 'list'>;
  /** What is read for one finding, and what is assumed of it, which grows while it is read. */
  readonly readingFor: (finding: TrackedFinding) => Promise<{
    readonly deps: GatherReads;
    readonly assumed: readonly string[];
  }>;
}

/** What would happen about a finding, and why. */
export interface Explained {
  readonly finding: Finding;
  readonly tracking: Tracking;
  /** Where nothing is decided: what happens instead. */
  readonly instead?: string;
  /** The attempt that is decided about. */
  readonly attempt?: string;
  readonly explanation?: Explanation;
  readonly assumed: readonly string[];
}

/** Explains what Remediator would do about a finding. Writes nothing. */
export async function explainFinding(world: World, finding: Finding): Promise<Explained> {
  const tracking = track(finding, await world.checks.get(track(finding, undefined).finding.findingId));
  const tracked = tracking.finding;
  const without = (instead: string) => ({ finding, tracking, instead, assumed: [] });
  if (!tracking.written) return without('Nothing happens.');
  if (tracked.status === 'Green')
    return without('Nothing is started. What waits for this resource ends, and its OpsItem resolves.');
  const history = await world.executions.list(tracked.findingId);
  const next = nextStep(tracked, history);
  if (next.step === 'leave') return without(leftAlone(history));
  if (next.step === 'still red') return without(stillRed(next.remediation));
  const { deps, assumed } = await world.readingFor(tracked);
  const attempt = next.step === 'begin' ? next.attempt : next.remediation;
  const explanation = explain(await gather(deps, { finding: tracked, history, attempt }));
  return { finding, tracking, attempt: nameOf(tracked, next), explanation, assumed };
}

function nameOf(finding: TrackedFinding, next: Exclude<NextStep, { step: 'leave' | 'still red' }>): string {
  return next.step === 'begin' ? attemptKey(finding, next.attempt).attempt : next.remediation.attempt;
}

function leftAlone(history: readonly Remediation[]): string {
  const newest = history.at(-1);
  return `Nothing is done: its attempt ${newest?.attempt} is ${newest?.state}. ${newest?.stateReason ?? ''}`;
}

function stillRed({ attempt, policy }: Remediation): string {
  const then = {
    retry: 'the next attempt is made, if the mapping allows one',
    escalate: 'people are told',
    rollback: `${policy?.rollback?.document ?? 'the rollback document'} is started`,
  }[policy?.onStillRed ?? 'retry'];
  return `The runbook of attempt ${attempt} succeeded, and the check is still not Green (onStillRed is ${policy?.onStillRed ?? 'retry'}): ${then}.`;
}
