import { type Decision, decide, type Reason } from '../domain/decide.ts';
import { RemediatorError } from '../domain/errors.ts';
import { CHECK_ITSELF, parseArn, type TrackedFinding } from '../domain/finding.ts';
import { attemptKey, clientTokenOf, type Remediation } from '../domain/remediation.ts';
import type { Clock, ExecutionStore, Log, MappingStore, OpsItems, Runbooks, Tags } from '../ports.ts';
import { opsItemFor, sentenceOf } from './ops-item-text.ts';
import { resolveGreen } from './resolve-green.ts';
import { resumeAt, startRemediation } from './start-remediation.ts';

export interface HandleResultDeps {
  readonly mappings: MappingStore;
  readonly executions: ExecutionStore;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly tags: Tags;
  readonly clock: Clock;
  readonly log: Log;
}

/** What came of one record of CheckTrackerTable's stream. */
export type ResultOutcome = 'started' | 'escalated' | 'resolved' | 'superseded' | 'unchanged';

/**
 * Does what a tracked finding asks for: claim, OpsItem, start. Safe to replay from any point:
 * whatever throws has either done nothing that a replay would do twice, or done what a replay finds done.
 */
export async function handleResult(deps: HandleResultDeps, finding: TrackedFinding): Promise<ResultOutcome> {
  if (finding.status === 'Green') return resolveGreen(deps, finding);
  const decision = await decideFor(deps, finding);
  deps.log.info('Decided', {
    findingId: finding.findingId,
    action: decision.action,
    reason: decision.reason,
  });
  const remediation = newRemediation(deps, finding, decision);
  const claim = await deps.executions.claim(remediation);
  if (claim.outcome === 'superseded') return 'superseded';
  if (claim.outcome === 'exists') return goOn(deps, finding, { decision, remediation: claim.remediation });
  if (decision.action === 'start') return startRemediation(deps, { remediation, finding });
  return escalate(deps, finding, { decision, remediation });
}

/** Gathers what the decision rests on. A read that fails throws: an error is never a decision. */
async function decideFor(deps: HandleResultDeps, finding: TrackedFinding): Promise<Decision> {
  const place = { region: finding.region };
  const mapping = await deps.mappings.find(finding.checkName);
  if (mapping === undefined || mapping instanceof RemediatorError) return decide({ finding, mapping });
  const mayStart = mapping.automationStatus && finding.resourceType !== CHECK_ITSELF;
  const [tags, runbook] = await Promise.all([
    mayStart && mapping.requiredTags.length > 0 && parseArn(finding.resource)
      ? deps.tags.of(finding.resource, place)
      : undefined,
    mayStart ? deps.runbooks.describe(mapping.ssmAutomationDocument, place) : undefined,
  ]);
  return decide({ finding, mapping, tags, runbook });
}

function newRemediation(deps: HandleResultDeps, finding: TrackedFinding, decision: Decision): Remediation {
  const key = attemptKey(finding);
  const now = deps.clock.now();
  const state = decision.action === 'start' ? 'Starting' : 'Escalated';
  return {
    ...key,
    state,
    stateReason: sentenceOf(decision.reason),
    checkName: finding.checkName,
    resource: finding.resource,
    account: finding.account,
    region: finding.region,
    clientToken: clientTokenOf(key),
    enteredAt: { [state]: now.toISOString() },
    ...(decision.action === 'start'
      ? { document: decision.runbook, parameters: decision.parameters, nextActionAt: resumeAt(now) }
      : {}),
  };
}

interface Known {
  readonly decision: Decision;
  readonly remediation: Remediation;
}

/** The attempt has a row already: a replay after a crash, a duplicate, or a newer event of the same episode. */
async function goOn(deps: HandleResultDeps, finding: TrackedFinding, known: Known): Promise<ResultOutcome> {
  const { decision, remediation } = known;
  if (remediation.state === 'Starting') return startRemediation(deps, { remediation, finding, resumed: {} });
  if (remediation.state !== 'Escalated') return 'unchanged';
  if (decision.action === 'notify') {
    const told =
      remediation.opsItemId !== undefined && remediation.stateReason === sentenceOf(decision.reason);
    return told ? 'unchanged' : escalate(deps, finding, known);
  }
  // The mapping has been mended or switched on since.
  const { remediation: now } = await deps.executions.transition(remediation, 'Starting', {
    stateReason: sentenceOf(decision.reason),
    document: decision.runbook,
    parameters: decision.parameters,
    nextActionAt: resumeAt(deps.clock.now()),
  });
  if (now.state !== 'Starting') return 'unchanged';
  await tellDecision(deps, now, decision.reason);
  return startRemediation(deps, { remediation: now, finding, resumed: {} });
}

/** A person's turn: the OpsItem says why nothing was started, and what to do. */
async function escalate(
  deps: HandleResultDeps,
  finding: TrackedFinding,
  known: Known,
): Promise<ResultOutcome> {
  const { decision, remediation } = known;
  const { reason, runbook } = decision;
  const stateReason = sentenceOf(reason);
  if (remediation.opsItemId !== undefined) await tellDecision(deps, remediation, reason);
  const opsItemId =
    remediation.opsItemId ??
    (await deps.opsItems.create(opsItemFor({ finding, key: remediation, reason, runbook })));
  await deps.executions.amend(remediation, 'Escalated', { opsItemId, stateReason });
  return 'escalated';
}

async function tellDecision(deps: HandleResultDeps, remediation: Remediation, reason: Reason): Promise<void> {
  if (remediation.opsItemId === undefined) return;
  await deps.opsItems.update(remediation.opsItemId, {
    region: remediation.region,
    data: { searchable: { reason: reason.code }, plain: { decision: sentenceOf(reason) } },
  });
}
