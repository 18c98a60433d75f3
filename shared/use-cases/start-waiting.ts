import type { Remediation } from '../domain/remediation.ts';
import type { Place } from '../ports.ts';
import { atOnce } from './at-once.ts';
import type { KnownBatches } from './join-batch.ts';
import type { Pace } from './pace.ts';
import type { ReconcileDeps } from './reconcile-row.ts';
import { createLine, type Line } from './waiting-line.ts';

/** One minute's work. */
export interface Run extends Pace<ReconcileDeps> {
  readonly known: KnownBatches;
  /** Does something for rows; where that fails, they are put off, and the failure is kept. */
  attempt(rows: readonly Remediation[], work: () => Promise<void>): Promise<void>;
}

const AT_ONCE = 10;
/** How long a storm's line sleeps until it looks for free slots again. */
const POLL_MS = 2_000;

/**
 * Starts what waits, in each account and region one after the other, and each check in its turn; together what can
 * start together. What there is no time for goes to the back of the queue.
 */
export async function startWaiting(run: Run, rows: readonly Remediation[]): Promise<void> {
  const places = Map.groupBy(rows, ({ account, region }) => `${account} ${region}`);
  await Promise.all([...places.values()].map((ofPlace) => startInPlace(run, ofPlace)));
}

async function startInPlace(run: Run, rows: readonly [Remediation, ...Remediation[]] | Remediation[]) {
  const [place] = rows;
  if (place === undefined) return;
  const checks = Map.groupBy(rows, ({ checkName }) => checkName);
  let lines = [...checks.values()].map((ofCheck) => createLine(run, ofCheck));
  const all = lines;
  while (lines.length > 0 && run.isOpen(place)) {
    const going = await oneRound(run, lines, place);
    if (!going.progressed && going.lines.length > 0) await run.deps.clock.sleep(POLL_MS);
    lines = going.lines;
  }
  await toTheBack(
    run,
    all.flatMap((line) => line.left()),
  );
}

/** Each check has its turn, so that none waits for another's storm. */
async function oneRound(run: Run, lines: readonly Line[], place: Place) {
  const goOn: Line[] = [];
  let progressed = false;
  for (const line of lines) {
    const outcome = run.isOpen(place) ? await line.step() : 'waiting';
    if (outcome !== 'done') goOn.push(line);
    if (outcome === 'going on') progressed = true;
  }
  return { lines: goOn, progressed };
}

/** Oldest first is the order of the queue: what was not looked at is due again, behind all that are due now. */
async function toTheBack({ deps, attempt }: Run, rows: readonly Remediation[]): Promise<void> {
  const nextActionAt = deps.clock.now().toISOString();
  await atOnce(AT_ONCE, rows, (row) =>
    attempt([row], async () => {
      await deps.executions.amend(row, row.state, { nextActionAt });
    }),
  );
}
