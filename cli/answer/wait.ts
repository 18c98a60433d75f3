import type { Remediation } from '../../shared/domain/remediation.ts';
import type { Clock } from '../../shared/ports.ts';
import type { Answer, Subject } from './judge.ts';

/** What is waited for. */
export interface Wait {
  readonly answer: Answer;
  /** As it was when the answer was said. */
  readonly before: Subject;
  readonly seconds: number;
  readonly look: () => Promise<Subject>;
}

/** What came of an answer, as far as it was waited for. */
export interface Change {
  readonly happened: boolean;
  readonly text: string;
  readonly rows: readonly Pick<Remediation, 'findingId' | 'attempt' | 'state' | 'stateReason'>[];
}

const FIRST_MS = 200;
const LONGEST_MS = 3_000;

/** Looks again and again, less and less often, until the answer has shown, or the time is over. */
export async function changeAfter({ clock }: { readonly clock: Clock }, wait: Wait): Promise<Change> {
  const end = clock.now().getTime() + wait.seconds * 1000;
  for (let ms = FIRST_MS; ; ms = Math.min(ms * 1.5, LONGEST_MS)) {
    await clock.sleep(Math.max(Math.min(ms, end - clock.now().getTime()), 0));
    const now = await wait.look();
    const change = changed(wait, now);
    if (change) return change;
    if (clock.now().getTime() >= end)
      return {
        happened: false,
        rows: now.rows.map(shown),
        text: `Nothing has changed within ${wait.seconds} s. The answer stands; look again with: remediator ops-items list, or at the log of ops-item-events-handler.`,
      };
  }
}

function changed({ answer, before }: Wait, now: Subject): Change | undefined {
  const { answer: said = '', note, rollback } = now.opsItem.data;
  // The function that hears it writes what came of it behind the answer: when it is through.
  const outcome = said.startsWith(`${answer}: `) ? said.slice(answer.length + 2) : undefined;
  const fresh = now.rows.filter((row) => !before.rows.some((old) => isSame(old, row)));
  if (outcome === undefined && (fresh.length === 0 || fresh.some(({ state }) => state === 'Starting')))
    return undefined;
  if (outcome === 'unchanged') {
    const why = note !== undefined && note !== before.opsItem.data.note ? note : MOVED_ON;
    return { happened: false, text: why, rows: now.rows.map(shown) };
  }
  const told = fresh.map(({ attempt, state, stateReason }) => `${attempt} is ${state}. ${stateReason}`);
  const lines = [...(answer === 'undo' && rollback !== undefined ? [rollback] : []), ...told];
  return { happened: true, text: lines.join('\n') || `It was heard: ${outcome}.`, rows: fresh.map(shown) };
}

const MOVED_ON = 'It was heard, and changed nothing: what it was about had moved on by then.';

function isSame(a: Remediation, b: Remediation): boolean {
  return (
    a.findingId === b.findingId &&
    a.attempt === b.attempt &&
    a.state === b.state &&
    a.stateReason === b.stateReason
  );
}

function shown({ findingId, attempt, state, stateReason }: Remediation) {
  return { findingId, attempt, state, stateReason };
}
