import { isWaiting } from '../domain/lifecycle.ts';
import type { Remediation } from '../domain/remediation.ts';
import type { Place } from '../ports.ts';
import type { Answer, AnswerDeps, AnswerOutcome } from './answer.ts';
import { atOnce } from './at-once.ts';
import { resetGuard } from './conclude.ts';
import { endRemediation } from './end-remediation.ts';
import { rejectAttempt } from './reject-attempt.ts';

const AT_ONCE = 20;
/** How often it is looked for what came to a shared OpsItem while it was answered. */
const LOOKS = 5;

/** A person resolved the OpsItem: what it stands for is over. A storm stays open: what comes next is stopped, too. */
export async function resolveAll(deps: AnswerDeps, answer: Answer): Promise<AnswerOutcome> {
  const { word, open } = answer;
  const stateReason = `PERSON_RESOLVED: ${word.by} resolved the OpsItem ${word.opsItemId}.`;
  await forAll(deps, answer, (remediation) =>
    endRemediation(
      deps,
      // There is nothing to resolve any more.
      { ...remediation, opsItemId: undefined, sharesOpsItem: false },
      { to: 'Resolved', stateReason, reasonCode: 'PERSON_RESOLVED' },
    ),
  );
  return open.length > 0 ? 'resolved' : 'unchanged';
}

/** Nothing of what waits is started; only then are the check's breakers closed, so that none slips through. */
export async function rejectAll(deps: AnswerDeps, answer: Answer): Promise<AnswerOutcome> {
  const { word, open, data } = answer;
  const reason = { code: 'REJECTED', sentence: `${word.by} rejected it.` };
  const reject = async (remediation: Remediation) => {
    if (isWaiting(remediation.state)) await rejectAttempt(deps, remediation, reason);
  };
  await forAll(deps, answer, reject);
  const { checkName } = data;
  if (data.findingId === undefined && checkName !== undefined) {
    if (data.gathers === 'storm') await rejectElsewhere(deps, { ...word, checkName }, reject);
    await resetGuard(deps, { ...word, checkName });
  }
  return open.some(({ state }) => isWaiting(state)) ? 'rejected' : 'unchanged';
}

/** One storm is stopped in several places, each with an OpsItem: what waits on the others is rejected with it. */
async function rejectElsewhere(
  deps: AnswerDeps,
  word: Answer['word'] & { readonly checkName: string },
  reject: (remediation: Remediation) => Promise<void>,
): Promise<void> {
  const storms = await stormsOf(deps, word);
  storms.delete(word.opsItemId);
  for (const [opsItemId, place] of storms) {
    const open = await deps.executions.listSharers(opsItemId);
    await forAll(deps, { word: { ...word, opsItemId }, data: {}, open }, reject);
    const note = `REJECTED: ${word.by} rejected the storm on ${word.opsItemId}.`;
    await deps.opsItems.update(opsItemId, { ...place, data: { plain: { note } } });
  }
}

/** The OpsItems that tell of the check's storm, and where they stand. */
export async function stormsOf(
  { guards }: AnswerDeps,
  of: Place & { readonly checkName: string },
): Promise<Map<string, Place>> {
  const { guard } = await guards.read(of.checkName, of);
  return new Map(Object.entries(guard.storm?.opsItems ?? {}));
}

/**
 * Does something with all that the OpsItem stands for, many at a time: there may be thousands. Where it dies half-way,
 * what is done is over, and a replay goes on with the others.
 */
async function forAll(
  { executions }: AnswerDeps,
  { word, data, open }: Pick<Answer, 'word' | 'data' | 'open'>,
  handle: (remediation: Remediation) => Promise<void>,
): Promise<void> {
  const done = new Set<string>();
  let rows = open;
  for (let look = 1; look <= LOOKS && rows.length > 0; look += 1) {
    await atOnce(AT_ONCE, rows, handle);
    if (data.findingId !== undefined) return;
    for (const row of rows) done.add(idOf(row));
    const sharers = await executions.listSharers(word.opsItemId);
    rows = sharers.filter((row) => !done.has(idOf(row)));
  }
}

function idOf({ findingId, attempt }: Remediation): string {
  return JSON.stringify([findingId, attempt]);
}
