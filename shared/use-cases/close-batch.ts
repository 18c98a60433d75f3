import { outcomeOf } from '../domain/lifecycle.ts';
import type { Remediation } from '../domain/remediation.ts';
import type { ChildExecution, ExecutionResult, Place } from '../ports.ts';
import { atOnce } from './at-once.ts';
import {
  type CloseAttemptDeps,
  type CloseOutcome,
  closeRemediation,
  type ExecutionEnd,
} from './close-attempt.ts';
import { releaseBatch } from './conclude.ts';
import { failAttempt } from './end-attempt.ts';
import { askAt } from './start-remediation.ts';

const AT_ONCE = 10;
/** How long the list of an execution's children may lag behind its end. */
const LAG_MS = 60_000;
/** How many children one look asks for singly, where their list does not say what they run for. */
const MOST_ASKED = 20;

/** The row that a child of a rate-controlled execution runs for; undefined: none of ours. */
export async function findByChild(
  deps: CloseAttemptDeps,
  { parentId, parameters }: ExecutionResult,
): Promise<Remediation | undefined> {
  if (parentId === undefined) return undefined;
  const rows = await deps.executions.listByExecutionId(parentId);
  return rows.find(({ batch, parameters: own }) => {
    const [target] = (batch && own?.[batch.parameter]) ?? [];
    return batch !== undefined && target !== undefined && parameters[batch.parameter]?.[0] === target;
  });
}

/** A rate-controlled execution is over: its slots are free, and what its children have not closed is closed. */
export async function closeBatch(
  deps: CloseAttemptDeps,
  member: Remediation,
  end: ExecutionEnd,
): Promise<CloseOutcome> {
  const { automationExecutionId: id, status } = end;
  if (member.batch) await releaseBatch(deps, member, member.batch.token);
  const rows = await deps.executions.listByExecutionId(id);
  const execution = await deps.runbooks.get(id, end);
  await follow(deps, rows, { id, status: execution?.status ?? status, execution });
  return 'batch ended';
}

/** Asks how the members of one rate-controlled execution go on: the events of their ends may have been lost. */
export async function askBatch(deps: CloseAttemptDeps, rows: readonly Remediation[]): Promise<void> {
  const [first] = rows;
  const { batch } = first ?? {};
  if (first === undefined || batch?.executionId === undefined)
    throw new TypeError('The rows are in no rate-controlled execution');
  const id = batch.executionId;
  const execution = await deps.runbooks.get(id, first);
  // Systems Manager forgets after 30 days: that is no success.
  const status = execution?.status ?? 'Exited';
  if (outcomeOf(status) !== undefined) await releaseBatch(deps, first, batch.token);
  await follow(deps, rows, { id, status, execution });
}

interface Batch {
  readonly id: string;
  readonly status: string;
  /** undefined: Systems Manager does not know it any more. */
  readonly execution: ExecutionResult | undefined;
}

async function follow(deps: CloseAttemptDeps, rows: readonly Remediation[], batch: Batch): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const { byTarget, isWhole } = await childrenFor(deps, rows, batch);
  const { endedAt } = batch.execution ?? {};
  const lags = endedAt !== undefined && deps.clock.now().getTime() - endedAt.getTime() < LAG_MS;
  await atOnce(AT_ONCE, rows, async (row) => {
    if (row.state !== 'Running') return;
    const child = byTarget.get(targetOf(row) ?? '');
    if (child) return followChild(deps, row, child);
    if (!isWhole || lags || outcomeOf(batch.status) === undefined)
      return later(deps, row, row.automationExecutionId);
    return neverRan(deps, row, batch);
  });
}

async function followChild(deps: CloseAttemptDeps, row: Remediation, child: ChildExecution): Promise<void> {
  if (outcomeOf(child.status) === undefined) return later(deps, row, child.id);
  await closeRemediation(deps, row, endOf(row, child.id, child.status));
}

async function later(
  deps: CloseAttemptDeps,
  row: Remediation,
  automationExecutionId: string | undefined,
): Promise<void> {
  const id = automationExecutionId === undefined ? {} : { automationExecutionId };
  await deps.executions.amend(row, row.state, { ...id, nextActionAt: askAt(deps.clock.now()) });
}

/** The whole ended before it came to this one: somebody stopped it, or too many of the others failed. */
async function neverRan(deps: CloseAttemptDeps, row: Remediation, batch: Batch): Promise<void> {
  if (outcomeOf(batch.status) === 'Cancelled') {
    await closeRemediation(deps, row, endOf(row, batch.id, batch.status));
    return;
  }
  const why = batch.execution?.failureMessage ?? 'Systems Manager gives no reason.';
  await failAttempt(deps, row, {
    reason: {
      code: 'BATCH_STOPPED',
      sentence: `${batch.status}: the rate-controlled execution ${batch.id} ended before it came to this resource: ${why}`,
      remedy: 'Look at the resources of it that failed. maxErrors says how many may.',
    },
    outcome: 'Cancelled',
  });
}

function endOf({ account, region }: Place, automationExecutionId: string, status: string): ExecutionEnd {
  return { automationExecutionId, status, account, region };
}

function targetOf({ batch, parameters }: Remediation): string | undefined {
  return batch && parameters?.[batch.parameter]?.[0];
}

interface Children {
  readonly byTarget: ReadonlyMap<string, ChildExecution>;
  /** Whether it is known of every child what it runs for. */
  readonly isWhole: boolean;
}

async function childrenFor(
  deps: CloseAttemptDeps,
  rows: readonly Remediation[],
  { id, execution }: Batch,
): Promise<Children> {
  const [place] = rows;
  const parameter = place?.batch?.parameter;
  if (place === undefined || parameter === undefined) return { byTarget: new Map(), isWhole: false };
  const targets = new Set(execution?.targets ?? rows.flatMap((row) => targetOf(row) ?? []));
  const byTarget = new Map<string, ChildExecution>();
  const unclear: ChildExecution[] = [];
  for (const child of await deps.runbooks.childrenOf(id, place)) {
    const target = targetIn(child.target ?? '', targets);
    if (target === undefined) unclear.push(child);
    else byTarget.set(target, child);
  }
  for (const child of unclear.slice(0, MOST_ASKED)) {
    const [target] = (await deps.runbooks.get(child.id, place))?.parameters[parameter] ?? [];
    if (target !== undefined) byTarget.set(target, child);
  }
  return { byTarget, isWhole: unclear.length <= MOST_ASKED };
}

/** How Systems Manager spells the target of a child that has a map of its own is not documented. */
function targetIn(text: string, targets: ReadonlySet<string>): string | undefined {
  if (targets.has(text)) return text;
  const [found, ...others] = text.split(/[^\w.:/@+-]+/).filter((word) => targets.has(word));
  return others.length === 0 ? found : undefined;
}
