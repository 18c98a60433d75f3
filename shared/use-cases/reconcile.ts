import { isWaiting } from '../domain/lifecycle.ts';
import type { Remediation } from '../domain/remediation.ts';
import { atOnce } from './at-once.ts';
import { pace } from './pace.ts';
import { type ReconcileDeps, reconcileRows } from './reconcile-row.ts';
import { askAt } from './start-remediation.ts';
import { startWaiting } from './start-waiting.ts';

export type { ReconcileDeps } from './reconcile-row.ts';

export interface ReconcileReport {
  readonly looked: number;
  readonly failures: readonly unknown[];
}

/** How many rows one run takes: what is left is taken by the next. */
const ROWS_A_RUN = 3000;
/** How long a run starts what waits; the function has 55 s. */
const RUN_MS = 40_000;
const AT_ONCE = 10;

/**
 * Brings about what a lost event or a crash left undone, and starts what waits. One row's failure never stops
 * another's; what there was no time for goes to the back of the queue.
 */
export async function reconcile(deps: ReconcileDeps): Promise<ReconcileReport> {
  const now = deps.clock.now();
  const due = await deps.executions.listDue(now, ROWS_A_RUN);
  const failures: unknown[] = [];
  const paced = pace(deps, new Date(now.getTime() + RUN_MS));
  const run = {
    ...paced,
    known: new Map(),
    async attempt(rows: readonly Remediation[], work: () => Promise<void>) {
      try {
        await work();
      } catch (error) {
        failures.push(await putOff(deps, rows, error));
        const [row] = rows;
        const { findingId, attempt } = row ?? {};
        deps.log.error('Could not reconcile', { findingId, attempt, rows: rows.length, error });
      }
    },
  };
  const waits = ({ state }: Remediation) => isWaiting(state) && state !== 'AwaitingApproval';
  const units = together(due.filter((row) => !waits(row)));
  await atOnce(AT_ONCE, units, (rows) => run.attempt(rows, () => reconcileRows(paced.deps, rows, run.known)));
  await startWaiting(run, due.filter(waits));
  return { looked: due.length, failures };
}

/** The members of one rate-controlled execution are asked for together. */
function together(rows: readonly Remediation[]): readonly (readonly Remediation[])[] {
  const units = Map.groupBy(rows, ({ state, batch, findingId, attempt }) =>
    state === 'Running' && batch?.executionId ? batch.executionId : `${findingId} ${attempt}`,
  );
  return [...units.values()];
}

/** To the back of the queue, so that rows which cannot be done never keep others from being looked at. */
async function putOff(deps: ReconcileDeps, rows: readonly Remediation[], failure: unknown): Promise<unknown> {
  const failures = [failure];
  await atOnce(AT_ONCE, rows, async (row) => {
    try {
      await deps.executions.amend(row, row.state, { nextActionAt: askAt(deps.clock.now()) });
    } catch (error) {
      failures.push(error);
    }
  });
  return failures.length > 1
    ? new AggregateError(failures, 'Rows failed, and could not be put off')
    : failure;
}
