import type { Decision } from '../domain/decision.ts';
import type { TrackedFinding } from '../domain/finding.ts';
import type { State } from '../domain/lifecycle.ts';
import { sentenceOf } from '../domain/reason.ts';
import { digestOf, type Remediation } from '../domain/remediation.ts';
import type { Changes, Written } from '../ports.ts';
import { concludeAttempt } from './conclude.ts';
import { subjectOf } from './ops-item-text.ts';
import { type StartRemediationDeps, startRemediation } from './start-remediation.ts';
import { resolveOvertaken, type Told, tellPeople } from './tell-people.ts';

/** The state in which a decision leaves an attempt. */
export const STATE_OF = {
  start: 'Starting',
  ask: 'AwaitingApproval',
  dryRun: 'DryRun',
  defer: 'Deferred',
  notify: 'Escalated',
  suppress: 'Suppressed',
} as const satisfies Record<Decision['action'], State>;

export const OUTCOME_OF = {
  start: 'started',
  ask: 'asked',
  dryRun: 'dry run',
  defer: 'deferred',
  notify: 'escalated',
  suppress: 'suppressed',
} as const satisfies Record<Decision['action'], string>;

export type Outcome = (typeof OUTCOME_OF)[Decision['action']];

interface Work {
  readonly finding: TrackedFinding;
  readonly decision: Decision;
  readonly remediation: Remediation;
  /** The row has only just been claimed: nobody has been told anything. */
  readonly isNew?: boolean;
}

/** Does what was decided about an attempt that has its row: tells people, starts, or lets it wait. */
export async function carryOut(deps: StartRemediationDeps, work: Work): Promise<Outcome | 'unchanged'> {
  const { finding, decision, remediation } = work;
  if (decision.action === 'start')
    return startRemediation(deps, { remediation, finding, reason: decision.reason });
  if (!work.isNew && isTold(work)) return rest(deps, work);
  const told = await tell(deps, work.isNew ? work : await withOpsItem(deps, work));
  if (remediation.state === 'Starting') await concludeAttempt(deps, remediation, 'Cancelled');
  const written = await move(deps, remediation, STATE_OF[decision.action], {
    ...changesOf(decision),
    ...lookedAtAgain(deps, decision),
    ...(remediation.reasonCode === decision.reason.code
      ? {}
      : { reasonSince: deps.clock.now().toISOString() }),
    ...told,
  });
  if (told) await resolveOvertaken(deps, written, told);
  return OUTCOME_OF[decision.action];
}

/** What was cut short may have opened an OpsItem that its row does not name: nobody else would write on it, or resolve it. */
async function withOpsItem({ opsItems }: StartRemediationDeps, work: Work): Promise<Work> {
  const { remediation } = work;
  if (remediation.opsItemId !== undefined) return work;
  const opsItemId = await opsItems.findOpen(remediation.findingId, remediation);
  return opsItemId === undefined ? work : { ...work, remediation: { ...remediation, opsItemId } };
}

/** What a decision writes on the row beside its state. */
export function changesOf(decision: Decision): Changes {
  const until = 'until' in decision ? decision.until?.toISOString() : undefined;
  return {
    stateReason: sentenceOf(decision.reason),
    reasonCode: decision.reason.code,
    nextActionAt: until ?? null,
    ...(decision.action === 'ask' && until !== undefined ? { answerBy: until } : {}),
    ...(decision.arrived ? { arrived: true } : {}),
    ...(decision.parameters ? { document: decision.runbook, parameters: decision.parameters } : {}),
    ...(decision.approval ? { approval: decision.approval } : {}),
  };
}

/** How often an OpsItem on which a person is asked is looked at: the event of an answer may have been lost. */
const LOOK_AGAIN_MS = 30 * 60_000;

function lookedAtAgain({ clock }: StartRemediationDeps, decision: Decision): Pick<Changes, 'nextActionAt'> {
  if (decision.action !== 'ask') return {};
  const again = clock.now().getTime() + LOOK_AGAIN_MS;
  return { nextActionAt: new Date(Math.min(decision.until.getTime(), again)).toISOString() };
}

/** People know it already, word for word; of something that waits, its reason is enough: the times change. */
function isTold(work: Work): boolean {
  const { decision, remediation } = work;
  const { state, reasonCode, stateReason, opsItemId } = remediation;
  if (state !== STATE_OF[decision.action] || reasonCode !== decision.reason.code) return false;
  if (decision.action === 'suppress') return true;
  if (opsItemId === undefined) return false;
  if (decision.action === 'defer') return true;
  return isSamePlan(work) && stateReason === sentenceOf(decision.reason);
}

/** The same runbook with the same parameters, or no plan at all. */
function isSamePlan({ decision: { runbook, parameters }, remediation }: Work): boolean {
  if (runbook === undefined || parameters === undefined) return true;
  const { document, parameters: before } = remediation;
  if (document === undefined || before === undefined) return false;
  return digestOf(runbook, parameters) === digestOf(document, before);
}

async function rest(deps: StartRemediationDeps, { decision, remediation }: Work): Promise<'unchanged'> {
  const { nextActionAt, approval } = { ...changesOf(decision), ...lookedAtAgain(deps, decision) };
  if (remediation.nextActionAt !== (nextActionAt ?? undefined) || approval !== undefined)
    await deps.executions.amend(remediation, remediation.state, {
      nextActionAt: nextActionAt ?? null,
      ...(approval ? { approval } : {}),
    });
  return 'unchanged';
}

/** What is suppressed gets no OpsItem; one that is there says so. */
async function tell(deps: StartRemediationDeps, work: Work): Promise<Told | undefined> {
  const { decision, remediation } = work;
  if (decision.action === 'suppress' && remediation.opsItemId === undefined) return undefined;
  return tellPeople(deps, subjectOf(work, decision.reason, decision), remediation);
}

function move(
  { executions }: StartRemediationDeps,
  remediation: Remediation,
  to: State,
  changes: Changes,
): Promise<Written> {
  return remediation.state === to
    ? executions.amend(remediation, to, changes)
    : executions.transition(remediation, to, changes);
}
