import type { Circumstances } from '../domain/circumstances.ts';
import { decide } from '../domain/decide.ts';
import type { Decision } from '../domain/decision.ts';
import { RemediatorError } from '../domain/errors.ts';
import type { TrackedFinding } from '../domain/finding.ts';
import { type NextStep, nextStep } from '../domain/next-step.ts';
import type { Remediation } from '../domain/remediation.ts';
import { backOff, TURNS } from './back-off.ts';
import { carryOut, changesOf, type Outcome } from './carry-out.ts';
import { type GatherDeps, gather, recount } from './gather.ts';
import { joinBatch } from './join-batch.ts';
import { newRemediation, policyOf } from './new-remediation.ts';
import { resolveGreen } from './resolve-green.ts';
import { findStarted, resumeAt, type StartRemediationDeps, startRemediation } from './start-remediation.ts';
import { type StillRedDeps, stillRed } from './still-red.ts';

export interface HandleResultDeps extends GatherDeps, StartRemediationDeps, StillRedDeps {}

/** What came of one record of CheckTrackerTable's stream. */
export type ResultOutcome = Outcome | 'resolved' | 'superseded' | 'unchanged' | 'rolling back';

/**
 * Does what a tracked finding asks for: claim, OpsItem, start. Safe to replay from any point:
 * whatever throws has either done nothing that a replay would do twice, or done what a replay finds done.
 */
export async function handleResult(deps: HandleResultDeps, finding: TrackedFinding): Promise<ResultOutcome> {
  if (finding.status === 'Green') return resolveGreen(deps, finding);
  // In its first episode a finding has no history, and where it has one after all, the claim says so.
  let history = finding.episode === 1 ? [] : await deps.executions.list(finding.findingId);
  for (let turn = 1; turn <= TURNS; turn++) {
    const outcome = await take(deps, finding, history);
    if (outcome !== 'again') return outcome;
    history = await deps.executions.list(finding.findingId);
  }
  throw overtaken(finding);
}

async function take(
  deps: HandleResultDeps,
  finding: TrackedFinding,
  history: readonly Remediation[],
): Promise<ResultOutcome | 'again'> {
  const next = nextStep(finding, history);
  if (next.step === 'leave') return 'unchanged';
  if (next.step === 'still red') return stillRed(deps, next.remediation, finding);
  if (next.step !== 'begin' && (await isWithOthers(deps, next))) return 'unchanged';
  const attempt = next.step === 'begin' ? next.attempt : next.remediation;
  let circumstances = await gather(deps, { finding, history, attempt });
  for (let turn = 1; turn <= TURNS; turn++) {
    const outcome = await act(deps, next, circumstances);
    if (outcome !== 'contended') return outcome;
    await backOff(deps.clock, turn, finding.findingId);
    circumstances = await recount(deps, circumstances);
  }
  throw overtaken(finding);
}

/** What is being started as one of many is left to the reconciler, and what was, after all, is not started again. */
async function isWithOthers(
  deps: HandleResultDeps,
  { step, remediation }: Extract<NextStep, { readonly step: 'decide' | 'resume' }>,
): Promise<boolean> {
  if (remediation.batch === undefined) return false;
  return step === 'resume' || joinBatch(deps, remediation, new Map());
}

/** @returns `again`: the finding's rows have changed. `contended`: the check's counters have. */
function act(
  deps: HandleResultDeps,
  next: Exclude<NextStep, { readonly step: 'leave' | 'still red' }>,
  circumstances: Circumstances,
): Promise<ResultOutcome | 'again' | 'contended'> {
  const { finding } = circumstances;
  const { findingId } = finding;
  const decision = decide(circumstances);
  deps.log.info('Decided', { findingId, action: decision.action, reason: decision.reason });
  if (next.step === 'begin') return begin(deps, circumstances, decision);
  const known = { finding, decision, remediation: next.remediation, circumstances };
  return next.step === 'resume' ? resume(deps, known) : redecide(deps, known);
}

function overtaken({ findingId }: TrackedFinding): RemediatorError {
  return new RemediatorError('LIFECYCLE_CONFLICT', `The finding ${findingId} was overtaken ${TURNS} times.`);
}

/** An attempt that has no row yet. */
async function begin(
  deps: HandleResultDeps,
  circumstances: Circumstances,
  decision: Decision,
): Promise<ResultOutcome | 'again' | 'contended'> {
  const { finding } = circumstances;
  const remediation = newRemediation(circumstances, decision);
  const { outcome } = await deps.executions.claim(remediation, decision.guard);
  if (outcome === 'superseded' || outcome === 'contended') return outcome;
  return outcome === 'claimed' ? carryOut(deps, { finding, decision, remediation, isNew: true }) : 'again';
}

interface Known {
  readonly finding: TrackedFinding;
  readonly decision: Decision;
  readonly remediation: Remediation;
  readonly circumstances: Circumstances;
}

/** A claim whose handler may have died: what it started is found by its tag, and otherwise decided anew. */
async function resume(deps: HandleResultDeps, known: Known): Promise<ResultOutcome | 'contended'> {
  const { finding, remediation, decision } = known;
  const { reason, guard } = decision;
  const found = await findStarted(deps, remediation);
  if (found !== undefined) return startRemediation(deps, { finding, remediation, found, reason });
  // The record may be an old one, played again behind which the finding turned Green.
  const newest = await deps.checks.get(finding.findingId);
  if (newest?.episode !== finding.episode || newest.status === 'Green') return 'superseded';
  if (decision.action !== 'start') return carryOut(deps, known);
  // It starts now, and not when it was claimed: that is what the hour's limit counts.
  const counted = await countedByLimits(deps, known);
  if (guard && !(await deps.guards.write(finding.checkName, guard))) return 'contended';
  return startRemediation(deps, { finding, remediation: counted, reason });
}

/** What is counted by the limits of now is given back by them: the row may be older than a limit. */
async function countedByLimits(
  { executions }: HandleResultDeps,
  { remediation, decision, circumstances }: Known,
): Promise<Remediation> {
  const { policy } = policyOf(circumstances);
  if (decision.guard === undefined || policy === undefined || remediation.policy === undefined)
    return remediation;
  const { maxConcurrent, maxPerHour, stopAfter, failureBreaker } = policy;
  const limits = { maxConcurrent, maxPerHour, stopAfter, failureBreaker };
  const changes = { policy: { ...remediation.policy, ...limits } };
  await executions.amend(remediation, 'Starting', changes);
  return { ...remediation, ...changes };
}

/** Nothing has been started: what forbade it then may allow it now, and the other way round. */
async function redecide(deps: HandleResultDeps, known: Known): Promise<ResultOutcome | 'contended'> {
  const { finding, remediation, decision, circumstances } = known;
  if (decision.action !== 'start') {
    const { checkName } = finding;
    if (decision.guard && !(await deps.guards.write(checkName, decision.guard))) return 'contended';
    return carryOut(deps, known);
  }
  const changes = {
    ...changesOf(decision),
    ...policyOf(circumstances),
    observedAt: finding.observedAt.toISOString(),
    batch: null,
    nextActionAt: resumeAt(deps.clock.now()),
  };
  const claim = await deps.executions.begin(remediation, changes, decision.guard);
  if (claim.outcome === 'superseded' || claim.outcome === 'contended') return claim.outcome;
  if (claim.outcome === 'exists') return 'unchanged';
  const begun = {
    ...remediation,
    document: decision.runbook,
    parameters: decision.parameters,
    ...(decision.approval ? { approval: decision.approval } : {}),
    ...policyOf(circumstances),
  };
  // It may have been started before, by a handler whose row was put back.
  const found = await findStarted(deps, begun);
  return startRemediation(deps, {
    finding,
    remediation: { ...begun, state: 'Starting' },
    found,
    reason: decision.reason,
  });
}
