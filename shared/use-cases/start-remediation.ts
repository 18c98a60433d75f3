import type { Reason } from '../domain/decide.ts';
import { RemediatorError } from '../domain/errors.ts';
import type { TrackedFinding } from '../domain/finding.ts';
import { type Remediation, TAGS } from '../domain/remediation.ts';
import type { Clock, ExecutionStore, Log, OpsItems, Runbooks } from '../ports.ts';
import { sentenceOf } from './ops-item-text.ts';
import { resolveOvertaken, tellPeople } from './tell-people.ts';

export interface StartRemediationDeps {
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
  /**
   * Somebody began this before: look for the execution first, since nobody says how long a client token lives.
   * `unless`: what forbids by now to start one that is not there.
   */
  readonly resumed?: { readonly unless?: Reason | undefined };
}

/** How long a claim may stay in Starting before the reconciler takes it up. */
const RESUME_AFTER_MS = 5 * 60_000;
/** How long an execution may go on before the reconciler asks whether its completion event was lost. */
const ASK_AFTER_MS = 2 * 60_000;

export const resumeAt = (now: Date): string => new Date(now.getTime() + RESUME_AFTER_MS).toISOString();
export const askAt = (now: Date): string => new Date(now.getTime() + ASK_AFTER_MS).toISOString();

/** From a claimed row to a running execution: OpsItem, start, Running. Every step can be done again. */
export async function startRemediation(
  deps: StartRemediationDeps,
  input: StartInput,
): Promise<'started' | 'escalated'> {
  const { resumed, finding } = input;
  const { region, clientToken, document: runbook, parameters } = input.remediation;
  const found = resumed && (await deps.runbooks.findByTagKey(TAGS.token(clientToken), { region }));
  if (found === undefined && resumed?.unless) return giveToPeople(deps, input, resumed.unless);
  const reason = {
    code: 'MAPPED',
    sentence: `The check's mapping is switched on and names ${runbook}.`,
  };
  const subject = { finding, key: input.remediation, reason, runbook, parameters };
  const opsItemId = await tellPeople(deps.opsItems, subject, input.remediation.opsItemId);
  const remediation = { ...input.remediation, opsItemId };
  const started = found ?? (await start(deps, remediation));
  if (typeof started !== 'string') return giveToPeople(deps, { ...input, remediation }, started);
  await follow(deps, remediation, started);
  return 'started';
}

/** The row goes on with the execution. */
async function follow(
  deps: StartRemediationDeps,
  remediation: Remediation & { opsItemId: string },
  automationExecutionId: string,
): Promise<void> {
  const { findingId, opsItemId } = remediation;
  const written = await deps.executions.transition(remediation, 'Running', {
    opsItemId,
    automationExecutionId,
    nextActionAt: askAt(deps.clock.now()),
  });
  deps.log.info('Started', { findingId, automationExecutionId, opsItemId, state: written.remediation.state });
  await resolveOvertaken(deps.opsItems, written, opsItemId);
}

/** @returns the execution's ID, or why it will never start like this */
async function start(
  deps: StartRemediationDeps,
  remediation: Remediation & { opsItemId: string },
): Promise<string | Reason> {
  const { findingId, attempt, clientToken, document, parameters, region, opsItemId } = remediation;
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
    return await deps.runbooks.start({ document, parameters, clientToken, region, tags });
  } catch (error) {
    if (!(error instanceof RemediatorError) || error.retryable) throw error;
    return { code: error.code, sentence: error.message, remedy: error.remedy };
  }
}

async function giveToPeople(
  deps: StartRemediationDeps,
  { remediation, finding }: StartInput,
  reason: Reason,
): Promise<'escalated'> {
  const subject = { finding, key: remediation, reason, runbook: remediation.document };
  const opsItemId = await tellPeople(deps.opsItems, subject, remediation.opsItemId);
  const stateReason = sentenceOf(reason);
  await deps.executions.transition(remediation, 'Escalated', { stateReason, opsItemId, nextActionAt: null });
  return 'escalated';
}
