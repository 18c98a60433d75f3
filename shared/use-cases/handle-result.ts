import { type Decision, decide } from '../domain/decide.ts';
import { RemediatorError } from '../domain/errors.ts';
import { CHECK_ITSELF, parseArn, type TrackedFinding } from '../domain/finding.ts';
import { attemptKey, clientTokenOf, type Remediation } from '../domain/remediation.ts';
import type { Clock, ExecutionStore, Log, MappingStore, OpsItems, Runbooks, Tags } from '../ports.ts';
import { sentenceOf } from './ops-item-text.ts';
import { resolveGreen } from './resolve-green.ts';
import { resumeAt, startRemediation } from './start-remediation.ts';
import { resolveOvertaken, tellPeople } from './tell-people.ts';

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
    nextActionAt: resumeAt(now),
    ...(decision.action === 'start' ? { document: decision.runbook, parameters: decision.parameters } : {}),
  };
}

interface Known {
  readonly decision: Decision;
  readonly remediation: Remediation;
}

/** The attempt has a row already: a replay after a crash, a duplicate, or a newer event of the same episode. */
async function goOn(deps: HandleResultDeps, finding: TrackedFinding, known: Known): Promise<ResultOutcome> {
  const { decision, remediation } = known;
  if (remediation.state === 'Starting') {
    const unless = decision.action === 'start' ? undefined : decision.reason;
    return startRemediation(deps, { remediation, finding, resumed: { unless } });
  }
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
  const subject = { finding, key: remediation, reason, runbook };
  const opsItemId = await tellPeople(deps.opsItems, subject, remediation.opsItemId);
  const stateReason = sentenceOf(reason);
  const written = await deps.executions.amend(remediation, 'Escalated', {
    opsItemId,
    stateReason,
    nextActionAt: null,
  });
  await resolveOvertaken(deps.opsItems, written, opsItemId);
  return 'escalated';
}
