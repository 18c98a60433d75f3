import { admitBatch, type BatchAdmission } from '../domain/admit-batch.ts';
import type { Circumstances } from '../domain/circumstances.ts';
import type { Decision } from '../domain/decision.ts';
import { RemediatorError } from '../domain/errors.ts';
import type { TrackedFinding } from '../domain/finding.ts';
import type { Mapping } from '../domain/mapping.ts';
import { type BatchPlan, targetOf } from '../domain/plan-batches.ts';
import { type Reason, sentenceOf } from '../domain/reason.ts';
import { clientTokenFrom, guardKeyOf, type Remediation, TAGS } from '../domain/remediation.ts';
import type { RunbookParameters } from '../domain/template.ts';
import type { Changes } from '../ports.ts';
import { atOnce } from './at-once.ts';
import { backOff, TURNS } from './back-off.ts';
import { changesOf } from './carry-out.ts';
import { releaseBatch } from './conclude.ts';
import { policyOf } from './new-remediation.ts';
import { subjectOf } from './ops-item-text.ts';
import { type ReconcileDeps, supersede } from './reconcile-row.ts';
import { askAt, resumeAt } from './start-remediation.ts';
import { resolveOvertaken, tellPeople } from './tell-people.ts';

/** A row that would start, but for its check's counters. */
export interface Ready {
  readonly row: Remediation;
  readonly finding: TrackedFinding;
  readonly circumstances: Circumstances;
  readonly mapping: Mapping;
  readonly decision: Extract<Decision, { readonly action: 'start' }>;
  readonly runbook: string;
  readonly parameters: RunbookParameters;
}

/** On a row: what it was put together with was refused, so that it starts alone. */
export const BATCH_REFUSED = 'BATCH_REFUSED';

const AT_ONCE = 10;
/** AWS's own defaults. */
const MAX_CONCURRENCY = '10';
const MAX_ERRORS = '10%';

interface Batch {
  readonly token: string;
  readonly plan: BatchPlan<Ready>;
  /** How many may run at a time; undefined: the check has no limit. */
  readonly slots: number | undefined;
}

/**
 * Starts many attempts as one rate-controlled execution: counters, rows, OpsItems, start, rows. A crash anywhere is
 * safe: a row in Starting that names the token is looked for by it, and started alone where there is no such execution.
 * @returns those that are left: over a limit, or refused together
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
  const members = await begin(deps, batch, admitted);
  const left = over.map(({ row }) => row);
  if (members.length === 0) {
    const [first] = plan.members;
    if (first) await releaseBatch(deps, first.row, token);
    return left;
  }
  const started = await start(deps, batch, members);
  if (typeof started === 'string') {
    await atOnce(AT_ONCE, members, (member) => run(deps, member, started));
    return left;
  }
  await atOnce(AT_ONCE, members, (member) => putBack(deps, member, started));
  const [first] = members;
  if (first) await releaseBatch(deps, first.remediation, token);
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

interface Member {
  readonly ready: Ready;
  /** The row as it is in Starting, with its OpsItem. */
  readonly remediation: Remediation & { readonly opsItemId: string; readonly sharesOpsItem: boolean };
}

/** Moves the rows to Starting and tells people. A finding that has turned Green meanwhile drops out. */
async function begin(
  deps: ReconcileDeps,
  { token, plan }: Batch,
  admitted: readonly Ready[],
): Promise<readonly Member[]> {
  const members = new Map<Ready, Member>();
  await atOnce(AT_ONCE, admitted, async (ready) => {
    const { row, decision, finding } = ready;
    const changes = {
      ...changesOf(decision),
      ...policyOf(ready.circumstances),
      observedAt: finding.observedAt.toISOString(),
      batch: { token, parameter: plan.parameter },
      nextActionAt: resumeAt(deps.clock.now()),
    } satisfies Changes;
    const { outcome } = await deps.executions.begin(row, changes);
    if (outcome === 'superseded') return supersede(deps, row);
    if (outcome !== 'claimed') return;
    const { stateReason: _, ...begun } = changes;
    const remediation: Remediation = { ...row, ...begun, state: 'Starting' };
    const told = await tellPeople(deps, subjectOf({ finding, remediation }, decision.reason), remediation);
    members.set(ready, { ready, remediation: { ...remediation, ...told } });
  });
  return admitted.flatMap((ready) => members.get(ready) ?? []);
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
async function putBack(deps: ReconcileDeps, { remediation }: Member, reason: Reason): Promise<void> {
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
