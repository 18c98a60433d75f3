import { RemediatorError } from '../domain/errors.ts';
import type { TrackedFinding } from '../domain/finding.ts';
import { type Reason, sentenceOf } from '../domain/reason.ts';
import { type Remediation, TAGS } from '../domain/remediation.ts';
import type { Clock, ExecutionStore, Log, OpsItems, Runbooks } from '../ports.ts';
import { concludeAttempt, type GuardDeps } from './conclude.ts';
import { subjectOf } from './ops-item-text.ts';
import { resolveOvertaken, type TellDeps, type Told, tellPeople } from './tell-people.ts';

export interface StartRemediationDeps extends TellDeps, GuardDeps {
  readonly executions: ExecutionStore;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly clock: Clock;
  readonly log: Log;
}

interface StartInput {
  /** The claimed row, in state Starting. */
  readonly remediation: Remediation;
  readonly finding: TrackedFinding;
  readonly reason: Reason;
  /** The execution that an earlier try may have started; it is only looked for where there was an earlier try. */
  readonly found?: string | undefined;
}

/** How long a claim may stay in Starting before the reconciler takes it up. */
const RESUME_AFTER_MS = 5 * 60_000;
/** How long an execution may go on before the reconciler asks whether its completion event was lost. */
const ASK_AFTER_MS = 2 * 60_000;
/** How long nobody asks for a start where Systems Manager took no more. */
const THROTTLED_MS = 30_000;

export const resumeAt = (now: Date): string => new Date(now.getTime() + RESUME_AFTER_MS).toISOString();
export const askAt = (now: Date): string => new Date(now.getTime() + ASK_AFTER_MS).toISOString();

/**
 * The execution of an earlier try: nobody says how long a client token lives, so it is looked for by its tag. A row that
 * was never Starting had none; where we may not act at all, asking would fail.
 */
export async function findStarted(
  deps: StartRemediationDeps,
  remediation: Remediation,
): Promise<string | undefined> {
  if (remediation.enteredAt.Starting === undefined) return undefined;
  return deps.runbooks.findByTagKey(TAGS.token(remediation.clientToken), remediation);
}

/** From a claimed row to a running execution: OpsItem, start, Running. Every step can be done again. */
export async function startRemediation(
  deps: StartRemediationDeps,
  input: StartInput,
): Promise<'started' | 'escalated' | 'deferred'> {
  const { reason, found } = input;
  const told = await tellPeople(deps, subjectOf(input, reason), input.remediation);
  const remediation = { ...input.remediation, ...told };
  const started = found ?? (await start(deps, remediation));
  if (typeof started === 'string') {
    await follow(deps, remediation, started);
    return 'started';
  }
  if (started.code === 'START_THROTTLED') return putOff(deps, remediation, started);
  return giveToPeople(deps, { ...input, remediation }, started);
}

/** The row goes on with the execution. */
async function follow(
  deps: StartRemediationDeps,
  remediation: Remediation & Told,
  automationExecutionId: string,
): Promise<void> {
  const { findingId, opsItemId, sharesOpsItem } = remediation;
  const written = await deps.executions.transition(remediation, 'Running', {
    opsItemId,
    sharesOpsItem,
    automationExecutionId,
    nextActionAt: askAt(deps.clock.now()),
  });
  deps.log.info('Started', { findingId, automationExecutionId, opsItemId, state: written.remediation.state });
  await resolveOvertaken(deps, written, remediation);
}

/** @returns the execution's ID, or why it was not started */
async function start(deps: StartRemediationDeps, remediation: Remediation & Told): Promise<string | Reason> {
  const { findingId, attempt, clientToken, document, parameters, account, region, opsItemId } = remediation;
  if (document === undefined || parameters === undefined) {
    throw new TypeError(`The row ${findingId} ${attempt} is Starting and has no runbook`);
  }
  const tags = {
    [TAGS.findingId]: findingId,
    [TAGS.attempt]: attempt,
    [TAGS.opsItemId]: opsItemId,
    [TAGS.token(clientToken)]: 'remediator',
  };
  try {
    return await deps.runbooks.start({ document, parameters, clientToken, account, region, tags });
  } catch (error) {
    if (!(error instanceof RemediatorError) || (error.retryable && error.code !== 'START_THROTTLED'))
      throw error;
    return { code: error.code, sentence: error.message, remedy: error.remedy };
  }
}

/** Systems Manager takes no more starts now: the reconciler starts this one in its turn. */
async function putOff(
  deps: StartRemediationDeps,
  remediation: Remediation & Told,
  reason: Reason,
): Promise<'deferred'> {
  const until = new Date(deps.clock.now().getTime() + THROTTLED_MS);
  await deps.guards.throttle(remediation, until);
  await concludeAttempt(deps, remediation, 'Cancelled');
  const written = await deps.executions.transition(remediation, 'Deferred', {
    opsItemId: remediation.opsItemId,
    sharesOpsItem: remediation.sharesOpsItem,
    stateReason: sentenceOf(reason),
    reasonCode: reason.code,
    nextActionAt: until.toISOString(),
  });
  await resolveOvertaken(deps, written, remediation);
  return 'deferred';
}

async function giveToPeople(
  deps: StartRemediationDeps,
  input: StartInput,
  reason: Reason,
): Promise<'escalated'> {
  const { remediation } = input;
  const told = await tellPeople(deps, subjectOf(input, reason), remediation);
  await concludeAttempt(deps, remediation, 'Failed');
  const written = await deps.executions.transition(remediation, 'Escalated', {
    ...told,
    stateReason: sentenceOf(reason),
    reasonCode: reason.code,
    nextActionAt: null,
  });
  await resolveOvertaken(deps, written, told);
  return 'escalated';
}
