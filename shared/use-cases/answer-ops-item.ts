import { isOver } from '../domain/lifecycle.ts';
import type { Remediation } from '../domain/remediation.ts';
import type { Answer, AnswerDeps, AnswerOutcome, OpsItemWord } from './answer.ts';
import { resolveAll } from './answer-all.ts';
import { ANSWERS, note } from './answers.ts';

/** A person's word on an OpsItem: its status, or the operational-data key `answer`. Said twice, it is done once. */
export async function answerOpsItem(deps: AnswerDeps, word: OpsItemWord): Promise<AnswerOutcome> {
  const data = await deps.opsItems.read(word.opsItemId, word);
  if (data === undefined) return 'unchanged';
  const rows = await rowsOf(deps, word, data);
  const open = rows.filter(({ state }) => !isOver(state));
  const named = rows.find(({ attempt }) => attempt === data.attempt);
  const answer = { word, data, rows, open, named };
  const said = data.answer?.trim().toLowerCase() ?? '';
  // What is over can still be undone; nothing else is asked of it.
  if (word.status === 'Resolved' && said !== 'undo')
    return data.closedBy === 'remediator' ? 'unchanged' : resolveAll(deps, answer);
  if (said === '' || isDone(said)) return reopen(deps, answer);
  const act = Object.hasOwn(ANSWERS, said) ? ANSWERS[said] : undefined;
  if (act === undefined) return notUnderstood(deps, answer);
  const outcome = await act(deps, answer);
  const why = outcome === 'unchanged' ? whyUnchanged(said, answer) : undefined;
  await markDone(deps, word, { answer: `${said}${DONE}${outcome}`, ...(why ? { note: why } : {}) });
  return outcome;
}

/** A person's change that says nothing; where all that the OpsItem stands for is over, they have opened it again. */
async function reopen({ executions }: AnswerDeps, { word, open, rows }: Answer): Promise<AnswerOutcome> {
  const newest = rows.at(-1);
  if (newest === undefined || open.length > 0 || word.status === 'Resolved') return 'unchanged';
  const { moved } = await executions.amend(newest, newest.state, { reopened: true });
  return moved ? 'reopened' : 'unchanged';
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
  plain: Readonly<Record<string, string>>,
): Promise<void> {
  await opsItems.update(opsItemId, { account, region, data: { plain } });
}

/** A person who said something is told why nothing came of it; undefined: they have been. */
function whyUnchanged(said: string, { data, named }: Answer): string | undefined {
  if (data.findingId === undefined)
    return `"${said}" changed nothing: this OpsItem stands for several findings, or for none any more.`;
  if (named === undefined)
    return `"${said}" changed nothing: Remediator has no attempt under this OpsItem any more.`;
  if (said === 'undo') return undefined;
  return `"${said}" changed nothing: the attempt ${named.attempt} is ${named.state} (${named.reasonCode}).`;
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

async function notUnderstood(deps: AnswerDeps, { word, data }: Answer): Promise<AnswerOutcome> {
  await note(deps, word, { data, text: `"answer" must be one of ${Object.keys(ANSWERS).join(', ')}.` });
  return 'not understood';
}
