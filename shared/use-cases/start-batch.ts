import { admitBatch, type BatchAdmission } from '../domain/admit-batch.ts';
import { RemediatorError } from '../domain/errors.ts';
import { type BatchPlan, targetOf } from '../domain/plan-batches.ts';
import { type Reason, sentenceOf } from '../domain/reason.ts';
import { clientTokenFrom, guardKeyOf, type Remediation, TAGS } from '../domain/remediation.ts';
import { atOnce } from './at-once.ts';
import { backOff, TURNS } from './back-off.ts';
import { type Batch, beginBatch, type Member, type Ready } from './begin-batch.ts';
import { releaseBatch } from './conclude.ts';
import type { ReconcileDeps } from './reconcile-row.ts';
import { askAt } from './start-remediation.ts';
import { resolveOvertaken } from './tell-people.ts';

/** On a row: what it was put together with was refused, so that it starts alone. */
export const BATCH_REFUSED = 'BATCH_REFUSED';

const AT_ONCE = 10;
/** AWS's own defaults. */
const MAX_CONCURRENCY = '10';
const MAX_ERRORS = '10%';

/**
 * Starts many attempts as one rate-controlled execution: counters, rows, OpsItems, start, rows. A crash anywhere is
 * safe: a row in Starting that names the token is looked for by it, and started alone where there is no such execution.
 * One that fails is left behind, and the others start.
 * @returns those that are left: over a limit
 */
export async function startBatch(
  deps: ReconcileDeps,
  plan: BatchPlan<Ready>,
  sharers: number,
): Promise<readonly Remediation[]> {
  const keys = plan.members.map(({ row }) => guardKeyOf(row));
  const token = clientTokenFrom(['batch', deps.clock.now().toISOString(), ...keys]);
  const admission = await count(deps, plan, { token, sharers });
  if (!admission.admitted) return plan.members.map(({ row }) => row);
  const [over, admitted] = partition(plan.members, ({ row }) => admission.keys.has(guardKeyOf(row)));
  const batch = { token, plan, slots: admission.slots };
  const failures: unknown[] = [];
  const members = await beginBatch(deps, batch, { admitted, failures });
  const left = over.map(({ row }) => row);
  const started = members.length > 0 ? await start(deps, batch, members) : undefined;
  if (typeof started === 'string') {
    await atOnce(AT_ONCE, members, (member) => run(deps, member, started));
  } else {
    if (started) await atOnce(AT_ONCE, members, (member) => putBack(deps, member.remediation, started));
    const [first] = plan.members;
    if (first) await releaseBatch(deps, first.row, token);
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Findings could not start with the others');
  return left;
}

/** One write of the check's counters for all of them. */
async function count(
  deps: ReconcileDeps,
  { members }: BatchPlan<Ready>,
  { token, sharers }: { readonly token: string; readonly sharers: number },
): Promise<BatchAdmission> {
  const [first] = members;
  if (first === undefined) throw new TypeError('A batch has members');
  const { row, mapping: limits } = first;
  for (let turn = 1; turn <= TURNS; turn++) {
    const { guard } = await deps.guards.read(row.checkName, row);
    const admission = admitBatch(guard, {
      token,
      members: members.map(({ row: each, circumstances }) => ({
        key: guardKeyOf(each),
        arrival: circumstances.attempt > 1 || each.arrived ? undefined : guardKeyOf(each),
      })),
      sharers,
      place: { account: row.account, region: row.region },
      limits,
      now: deps.clock.now(),
    });
    if (JSON.stringify(admission.guard) === JSON.stringify(guard)) return admission;
    if (await deps.guards.write(row.checkName, admission.guard)) return admission;
    await backOff(deps.clock, turn, token);
  }
  throw new RemediatorError(
    'LIFECYCLE_CONFLICT',
    `The counters of ${JSON.stringify(row.checkName)} changed ${TURNS} times while a batch was admitted.`,
  );
}

/** @returns the execution's ID, or why there is none */
async function start(
  deps: ReconcileDeps,
  { token, plan, slots }: Batch,
  members: readonly Member[],
): Promise<string | Reason> {
  const [first] = members;
  if (first === undefined) throw new TypeError('A batch has members');
  const { row, mapping } = first.ready;
  try {
    const id = await deps.runbooks.start({
      account: row.account,
      region: row.region,
      document: plan.runbook,
      parameters: plan.common,
      clientToken: token,
      tags: {
        [TAGS.findingId]: row.findingId,
        [TAGS.attempt]: row.attempt,
        [TAGS.token(token)]: 'remediator',
      },
      rateControl: {
        parameter: plan.parameter,
        values: members.map(({ ready }) => targetOf(ready, plan.parameter)),
        maxConcurrency: slots === undefined ? MAX_CONCURRENCY : String(slots),
        maxErrors: mapping.maxErrors ?? MAX_ERRORS,
      },
    });
    deps.log.info('Started together', { automationExecutionId: id, members: members.length, slots });
    return id;
  } catch (error) {
    if (!(error instanceof RemediatorError)) throw error;
    if (error.code === 'START_THROTTLED') return { code: error.code, sentence: error.message };
    if (error.retryable) throw error;
    deps.log.warn('Refused together', { checkName: row.checkName, members: members.length, error });
    return { code: BATCH_REFUSED, sentence: `${error.message} Each of them is started alone.` };
  }
}

/** Its child's own ID is written when it is known. */
async function run(deps: ReconcileDeps, { remediation }: Member, executionId: string): Promise<void> {
  const { opsItemId, sharesOpsItem, batch } = remediation;
  const written = await deps.executions.transition(remediation, 'Running', {
    opsItemId,
    sharesOpsItem,
    automationExecutionId: executionId,
    ...(batch ? { batch: { ...batch, executionId } } : {}),
    nextActionAt: askAt(deps.clock.now()),
  });
  await resolveOvertaken(deps, written, remediation);
}

/** Nothing was started: in its turn, it is decided anew. */
async function putBack(
  deps: ReconcileDeps,
  remediation: Member['remediation'],
  reason: Reason,
): Promise<void> {
  const { opsItemId, sharesOpsItem } = remediation;
  const written = await deps.executions.transition(remediation, 'Deferred', {
    opsItemId,
    sharesOpsItem,
    stateReason: sentenceOf(reason),
    reasonCode: reason.code,
    nextActionAt: deps.clock.now().toISOString(),
  });
  await resolveOvertaken(deps, written, remediation);
}

function partition<Item>(items: readonly Item[], isSecond: (item: Item) => boolean) {
  return [items.filter((item) => !isSecond(item)), items.filter(isSecond)] as const;
}
