import { RemediatorError } from '../domain/errors.ts';
import { isOver, isWaiting } from '../domain/lifecycle.ts';
import {
  attemptKey,
  attemptNumberOf,
  clientTokenOf,
  digestOf,
  episodeOf,
  type Remediation,
} from '../domain/remediation.ts';
import type { CheckStore, Place } from '../ports.ts';
import { resetGuard } from './conclude.ts';
import { claimRetry } from './end-attempt.ts';
import { endRemediation } from './end-remediation.ts';
import { type HandleResultDeps, handleResult } from './handle-result.ts';
import { rejectAttempt } from './reject-attempt.ts';
import { rollBack } from './roll-back.ts';

export interface AnswerDeps extends HandleResultDeps {
  readonly checks: CheckStore;
}

/** What a person did to an OpsItem. */
export interface OpsItemWord extends Place {
  readonly opsItemId: string;
  readonly status: string;
  /** ARN of who did it. */
  readonly by: string;
}

export type AnswerOutcome =
  | 'resolved'
  | 'approved'
  | 'rejected'
  | 'retried'
  | 'rolled back'
  | 'resumed'
  | 'not understood'
  | 'unchanged';

interface Answer {
  readonly word: OpsItemWord;
  /** The OpsItem's operational data. */
  readonly data: Readonly<Record<string, string>>;
  /** The attempts that the OpsItem stands for and that are not over. */
  readonly open: readonly Remediation[];
  /** The attempt that the OpsItem names, in whatever state. */
  readonly named: Remediation | undefined;
}

/** The words that the operational-data key `answer` may have. */
const ANSWERS: Readonly<Record<string, (deps: AnswerDeps, answer: Answer) => Promise<AnswerOutcome>>> = {
  approve,
  reject,
  retry,
  undo,
  resume,
};

/** A person's word on an OpsItem: its status, or the operational-data key `answer`. Said twice, it is done once. */
export async function answerOpsItem(deps: AnswerDeps, word: OpsItemWord): Promise<AnswerOutcome> {
  const data = await deps.opsItems.read(word.opsItemId, word);
  if (data === undefined) return 'unchanged';
  const rows = await rowsOf(deps, word, data);
  const open = rows.filter(({ state }) => !isOver(state));
  const named = rows.find(({ attempt }) => attempt === data.attempt);
  const answer = { word, data, open, named };
  const said = data.answer?.trim().toLowerCase() ?? '';
  // What is over can still be undone; nothing else is asked of it.
  if (word.status === 'Resolved' && said !== 'undo')
    return data.closedBy === 'remediator' ? 'unchanged' : resolve(deps, answer);
  if (said === '') return 'unchanged';
  if (isDone(said)) return 'unchanged';
  const act = Object.hasOwn(ANSWERS, said) ? ANSWERS[said] : undefined;
  if (act === undefined) return notUnderstood(deps, answer);
  const outcome = await act(deps, answer);
  await markDone(deps, word, `${said}${DONE}${outcome}`);
  return outcome;
}

/** Between an answer and what came of it. */
const DONE = ': ';

function isDone(said: string): boolean {
  return Object.hasOwn(ANSWERS, said.split(DONE, 1)[0] ?? '') && said.includes(DONE);
}

/**
 * Takes an answer off its OpsItem, and says what came of it. Every later update of the OpsItem, our own too, is an event:
 * a word that stayed there would be said again, of an attempt or a plan that the person never saw.
 */
async function markDone(
  { opsItems }: AnswerDeps,
  { opsItemId, account, region }: OpsItemWord,
  answer: string,
): Promise<void> {
  await opsItems.update(opsItemId, { account, region, data: { plain: { answer } } });
}

async function rowsOf(
  { executions }: AnswerDeps,
  { opsItemId }: OpsItemWord,
  { findingId }: Answer['data'],
): Promise<readonly Remediation[]> {
  if (findingId === undefined) return executions.listSharers(opsItemId);
  const rows = await executions.list(findingId);
  return rows.filter((row) => row.opsItemId === opsItemId);
}

/** A person resolved the OpsItem: what it stands for is over. */
async function resolve(deps: AnswerDeps, { word, open }: Answer): Promise<AnswerOutcome> {
  const stateReason = `PERSON_RESOLVED: ${word.by} resolved the OpsItem ${word.opsItemId}.`;
  for (const remediation of open)
    await endRemediation(
      deps,
      { ...remediation, opsItemId: undefined },
      { to: 'Resolved', stateReason, reasonCode: 'PERSON_RESOLVED' },
    );
  return open.length > 0 ? 'resolved' : 'unchanged';
}

/** Yes to exactly what the OpsItem shows. Whether it may start now is decided as always. */
async function approve(deps: AnswerDeps, { word, data, named }: Answer): Promise<AnswerOutcome> {
  const { state, document, parameters } = named ?? {};
  if (named === undefined || state !== 'AwaitingApproval' || !document || !parameters) return 'unchanged';
  // The OpsItem was read together with its answer: a yes to another plan is none to this one.
  const plan = digestOf(document, parameters);
  if (data.plan !== plan) return 'unchanged';
  const approval = { by: word.by, at: deps.clock.now().toISOString(), of: digestOf(document, parameters) };
  // Whoever does not come back from here is followed by the reconciler.
  const nextActionAt = approval.at;
  const { moved } = await deps.executions.amend(named, 'AwaitingApproval', { approval, nextActionAt });
  if (!moved) return 'unchanged';
  await goOn(deps, named);
  return 'approved';
}

async function reject(deps: AnswerDeps, { word, open, data }: Answer): Promise<AnswerOutcome> {
  const waiting = open.filter(({ state }) => isWaiting(state));
  const reason = { code: 'REJECTED', sentence: `${word.by} rejected it.` };
  for (const remediation of waiting) await rejectAttempt(deps, remediation, reason);
  if (data.findingId === undefined && data.checkName !== undefined)
    await resetGuard(deps, { ...word, checkName: data.checkName });
  return waiting.length > 0 ? 'rejected' : 'unchanged';
}

/** One more attempt, beyond what the mapping allows by itself. */
async function retry(deps: AnswerDeps, { word, named }: Answer): Promise<AnswerOutcome> {
  const { document, parameters } = named ?? {};
  if (!named || !document || !parameters) return 'unchanged';
  const approval = { by: word.by, at: deps.clock.now().toISOString(), of: digestOf(document, parameters) };
  if (named.state === 'Escalated') {
    await deps.executions.amend(named, 'Escalated', { approval });
    await goOn(deps, named);
    return 'retried';
  }
  if (!['Failed', 'Cancelled', 'Rejected'].includes(named.state)) return 'unchanged';
  const key = attemptKey(
    { findingId: named.findingId, episode: episodeOf(named) },
    attemptNumberOf(named) + 1,
  );
  const { automationExecutionId: _, succeededAt: __, notBefore: ___, batch: ____, ...rest } = named;
  const outcome = await claimRetry(deps, {
    ...rest,
    ...key,
    state: 'Deferred',
    stateReason: `RETRY: ${word.by} asked for another attempt.`,
    reasonCode: 'RETRY',
    clientToken: clientTokenOf(key),
    enteredAt: {},
    approval,
    nextActionAt: deps.clock.now().toISOString(),
  });
  if (outcome !== 'claimed') return 'unchanged';
  await goOn(deps, named);
  return 'retried';
}

async function undo(deps: AnswerDeps, { word, data, named }: Answer): Promise<AnswerOutcome> {
  if (named === undefined || data.rollback !== undefined) return 'unchanged';
  try {
    await rollBack(deps, named, word.by);
    return 'rolled back';
  } catch (error) {
    if (!(error instanceof RemediatorError) || error.retryable) throw error;
    await note(deps, word, { data, text: `${error.code}: ${error.message} What to do: ${error.remedy}` });
    return 'unchanged';
  }
}

/** The check's breakers are closed; what waits is taken up by the reconciler. */
async function resume(deps: AnswerDeps, { word, data }: Answer): Promise<AnswerOutcome> {
  if (data.checkName === undefined) return 'unchanged';
  await resetGuard(deps, { ...word, checkName: data.checkName });
  // What goes on has OpsItems of its own from here: that of the storm would stay open, and stand for nothing.
  if (data.gathers === 'storm') await resolveStorm(deps, word);
  return 'resumed';
}

async function resolveStorm({ opsItems }: AnswerDeps, word: OpsItemWord): Promise<void> {
  const { opsItemId, account, region } = word;
  const result = `RESUMED: ${word.by} closed the breakers; what waited is started in its turn.`;
  const data = { plain: { result, closedBy: 'remediator' } };
  await opsItems.update(opsItemId, { account, region, status: 'Resolved', data });
}

async function notUnderstood(deps: AnswerDeps, { word, data }: Answer): Promise<AnswerOutcome> {
  await note(deps, word, { data, text: `"answer" must be one of ${Object.keys(ANSWERS).join(', ')}.` });
  return 'not understood';
}

/** Our own update is an event, too: what is noted already is not noted again. */
async function note(
  { opsItems }: AnswerDeps,
  { opsItemId, account, region }: OpsItemWord,
  { data, text }: { readonly data: Answer['data']; readonly text: string },
): Promise<void> {
  if (data.note === text) return;
  await opsItems.update(opsItemId, { account, region, data: { plain: { note: text } } });
}

async function goOn(deps: AnswerDeps, { findingId }: Remediation): Promise<void> {
  const finding = await deps.checks.get(findingId);
  if (finding) await handleResult(deps, finding);
}
