import { RemediatorError } from '../domain/errors.ts';
import {
  attemptKey,
  attemptNumberOf,
  clientTokenOf,
  digestOf,
  episodeOf,
  type Remediation,
} from '../domain/remediation.ts';
import type { Answer, AnswerDeps, AnswerOutcome, OpsItemWord } from './answer.ts';
import { rejectAll, stormsOf } from './answer-all.ts';
import { resetGuard } from './conclude.ts';
import { claimRetry } from './end-attempt.ts';
import { handleResult } from './handle-result.ts';
import { leaveAlone } from './leave-alone.ts';
import { findRollback, rollBack } from './roll-back.ts';

/** The words that the operational-data key `answer` may have. */
export const ANSWERS: Readonly<Record<string, (deps: AnswerDeps, answer: Answer) => Promise<AnswerOutcome>>> =
  {
    approve,
    reject: rejectAll,
    retry,
    undo,
    resume,
  };

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

/** Undoes the newest of the episode's attempts that did anything: one that waits since has nothing to undo. */
async function undo(deps: AnswerDeps, { word, data, rows, named }: Answer): Promise<AnswerOutcome> {
  if (named === undefined) return 'unchanged';
  const done = rows.findLast(
    (row) => row.automationExecutionId !== undefined && episodeOf(row) === episodeOf(named),
  );
  try {
    const before = done && (await findRollback(deps, done));
    const isTold = before !== undefined && data.rollback?.includes(before);
    if (!isTold) await rollBack(deps, done ?? named, word.by);
    await leaveAlone(deps, named, word.by);
    return isTold ? 'unchanged' : 'rolled back';
  } catch (error) {
    if (!(error instanceof RemediatorError) || error.retryable) throw error;
    await note(deps, word, { data, text: `${error.code}: ${error.message} What to do: ${error.remedy}` });
    return 'unchanged';
  }
}

/** The check's breakers are closed; what waits is taken up by the reconciler. */
async function resume(deps: AnswerDeps, { word, data }: Answer): Promise<AnswerOutcome> {
  const { checkName } = data;
  if (checkName === undefined) return 'unchanged';
  const storms = await stormsOf(deps, { ...word, checkName });
  await resetGuard(deps, { ...word, checkName });
  // What goes on has OpsItems of its own from here: those of the storm would stay open, and stand for nothing.
  const { opsItemId, account, region } = word;
  if (data.gathers === 'storm') storms.set(opsItemId, { account, region });
  const result = `RESUMED: ${word.by} closed the breakers; what waited is started in its turn.`;
  for (const [id, place] of storms)
    await deps.opsItems.update(id, {
      ...place,
      status: 'Resolved',
      data: { plain: { result, closedBy: 'remediator' } },
    });
  return 'resumed';
}

/** Our own update is an event, too: what is noted already is not noted again. */
export async function note(
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
