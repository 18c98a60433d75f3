import type { Remediation } from '../../shared/domain/remediation.ts';
import type { Clock } from '../../shared/ports.ts';
import type { Answer, Subject } from './judge.ts';

interface Wait {
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
  const { note, rollback } = now.opsItem.data;
  if (note !== undefined && note !== before.opsItem.data.note && (answer === 'undo' || now.rows.length === 0))
    return { happened: false, text: note, rows: now.rows.map(shown) };
  if (answer === 'undo')
    return rollback === undefined ? undefined : { happened: true, text: rollback, rows: now.rows.map(shown) };
  if (answer === 'resume') {
    const open = now.guard.storm ?? now.guard.breaker;
    return open ? undefined : { happened: true, text: 'Nothing stops the check any more.', rows: [] };
  }
  const fresh = now.rows.filter((row) => !before.rows.some((old) => isSame(old, row)));
  // The last of a shared OpsItem's rows are no longer found under it.
  const gone = before.rows.length > 0 && now.rows.length === 0;
  if (fresh.some(({ state }) => state === 'Starting') || (fresh.length === 0 && !gone)) return undefined;
  const text = fresh.map(({ attempt, state, stateReason }) => `${attempt} is ${state}. ${stateReason}`);
  return {
    happened: true,
    text: text.join('\n') || 'Nothing waits under it any more.',
    rows: fresh.map(shown),
  };
}

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
