import { slotsFor } from '../domain/admit-batch.ts';
import { admit, type CheckGuard, NO_GUARD, type Refusal } from '../domain/check-guard.ts';
import { decide } from '../domain/decide.ts';
import { RemediatorError } from '../domain/errors.ts';
import { parseArn } from '../domain/finding.ts';
import type { Mapping } from '../domain/mapping.ts';
import { nextStep } from '../domain/next-step.ts';
import { type BatchPlan, planBatches } from '../domain/plan-batches.ts';
import { guardKeyOf, type Remediation } from '../domain/remediation.ts';
import type { Tags } from '../ports.ts';
import { atOnce } from './at-once.ts';
import type { Ready } from './begin-batch.ts';
import { carryOut } from './carry-out.ts';
import { gather } from './gather.ts';
import { joinBatch } from './join-batch.ts';
import { resume } from './reconcile-row.ts';
import { releaseEnded } from './release-ended.ts';
import { BATCH_REFUSED, startBatch } from './start-batch.ts';
import { findStarted } from './start-remediation.ts';
import type { Run } from './start-waiting.ts';

/** The waiting rows of one check in one account and region. */
export interface Line {
  /** One start, together or alone. waiting: no slot is free, and many rows wait for one. */
  step(): Promise<'going on' | 'waiting' | 'done'>;
  /** The rows that were not come to. */
  left(): readonly Remediation[];
}

const AT_ONCE = 10;
/** How many are decided before some of them start: as many as one start takes. */
const CHUNK = 300;
/** So many rows are a storm: they are worth waiting for free slots, and not worth telling people of each wait. */
const STORM = 100;

export function createLine(run: Run, rows: readonly Remediation[]): Line {
  const { deps } = run;
  let undecided = [...rows];
  let batches: BatchPlan<Ready>[] = [];
  let singles: Remediation[] = [];
  let looked = false;
  const isStorm = rows.length >= STORM;
  const left = () => [
    ...batches.flatMap(({ members }) => members.map(({ row }) => row)),
    ...singles,
    ...undecided,
  ];
  const sharers = () => Math.ceil(left().length / CHUNK);
  const restart = () => {
    undecided = left();
    batches = [];
    singles = [];
  };

  async function decideSome(): Promise<void> {
    const ready: Ready[] = [];
    const chunk = undecided.splice(0, CHUNK);
    const tags = readTogether(deps.tags, chunk);
    await atOnce(AT_ONCE, chunk, (row) =>
      run.attempt([row], async () => {
        const found = await judge(run, row, tags);
        if (found === 'alone') singles.push(row);
        else if (found) ready.push(found);
      }),
    );
    const planned = planBatches(ready);
    batches.push(...planned.batches);
    singles.push(...planned.singles.map(({ row }) => row));
  }

  async function waitForSlots(guard: CheckGuard): Promise<'waiting' | 'going on'> {
    if (looked) return 'waiting';
    looked = true;
    await releaseEnded(deps, rows, guard);
    return 'going on';
  }

  return {
    left,
    async step() {
      const [first] = left();
      if (first === undefined) return 'done';
      const { refusal, guard, isTrial, isWorthwhile } = await ask(run, first, sharers());
      const isFull = refusal?.reason.code === 'CONCURRENCY_LIMIT';
      if ((isFull && (isStorm || !looked)) || (isStorm && singles.length === 0 && !isWorthwhile)) {
        restart();
        return waitForSlots(guard);
      }
      if (refusal) {
        restart();
        const turnedAway = undecided.splice(0);
        await atOnce(AT_ONCE, turnedAway, (row) => run.attempt([row], () => turnAway(run, row, refusal)));
        return 'done';
      }
      if (isTrial) {
        restart();
        const [trial] = undecided.splice(0, 1);
        if (trial) await run.attempt([trial], () => resume(deps, trial));
        return 'going on';
      }
      if (batches.length + singles.length === 0) await decideSome();
      const plan = batches.shift();
      if (plan) {
        const members = plan.members.map(({ row }) => row);
        const among = sharers() + 1;
        await run.attempt(members, async () => {
          undecided.push(...(await startBatch(deps, plan, among)));
        });
        return 'going on';
      }
      const single = singles.shift();
      if (single) await run.attempt([single], () => resume(deps, single));
      return 'going on';
    },
  };
}

/** What the check's counters say to the next start, before anything is decided about it. */
async function ask({ deps }: Run, row: Remediation, sharers: number) {
  // The mapping may stand under another of the check's names, which the finding has and the row does not.
  const mapping = await deps.mappings.find((await deps.checks.get(row.findingId)) ?? row.checkName);
  const { guard } = await deps.guards.read(row.checkName, row);
  if (!isMapping(mapping)) return { guard, refusal: undefined, isTrial: false, isWorthwhile: true };
  const admission = admit(guard, { key: guardKeyOf(row), limits: mapping, now: deps.clock.now() });
  const isTrial = guard.breaker !== undefined && mapping.failureBreaker !== undefined;
  const { isWorthwhile = true } = slotsFor(guard, mapping, sharers) ?? {};
  return { guard, refusal: admission.admitted ? undefined : admission, isTrial, isWorthwhile };
}

/** People are told once why a row waits. */
async function turnAway({ deps }: Run, row: Remediation, { reason, until }: Refusal): Promise<void> {
  const isTold = row.state === 'Deferred' && row.reasonCode === reason.code && row.opsItemId !== undefined;
  if (!isTold) return resume(deps, row);
  await deps.executions.amend(row, row.state, { nextActionAt: until.toISOString() });
}

/**
 * Decides about a waiting row with its check's counters left out.
 * @returns what may start; `alone`: it does not start with others; undefined: it is done with for now
 */
async function judge(
  { deps, known }: Run,
  row: Remediation,
  tags: Tags,
): Promise<Ready | 'alone' | undefined> {
  if (row.reasonCode === BATCH_REFUSED) return 'alone';
  if (await joinBatch(deps, row, known)) return undefined;
  const finding = await deps.checks.get(row.findingId);
  const history = await deps.executions.list(row.findingId);
  const next = finding && nextStep(finding, history);
  const isMine = next?.step === 'decide' && next.remediation.attempt === row.attempt;
  if (finding === undefined || finding.status === 'Green' || !isMine) {
    await resume(deps, row);
    return undefined;
  }
  // It was tried alone before: whether that start happened after all is looked up where it is started.
  if (row.enteredAt.Starting && !row.batch && (await findStarted(deps, row))) return 'alone';
  const uncounted = { ...deps, tags, guards: { ...deps.guards, read: async () => ({ guard: NO_GUARD }) } };
  const circumstances = await gather(uncounted, { finding, history, attempt: next.remediation });
  const { mapping } = circumstances;
  const decision = decide(circumstances);
  deps.log.info('Decided', { findingId: row.findingId, action: decision.action, reason: decision.reason });
  if (decision.action !== 'start' || !isMapping(mapping)) {
    await carryOut(deps, { finding, decision, remediation: next.remediation });
    return undefined;
  }
  const { runbook, parameters } = decision;
  return { row: next.remediation, finding, circumstances, mapping, decision, runbook, parameters };
}

/** The tags of all of them are asked for as soon as those of one are: so that they come in few calls. */
function readTogether(tags: Tags, rows: readonly Remediation[]): Tags {
  const reading = new Map<string, ReturnType<Tags['of']>>();
  return {
    of(arn, place) {
      if (reading.size === 0) {
        for (const row of rows) {
          if (parseArn(row.resource) === undefined || reading.has(row.resource)) continue;
          const found = tags.of(row.resource, row);
          reading.set(row.resource, found);
          // Whoever needs it hears of its failure, and nobody may need it.
          found.catch(() => undefined);
        }
      }
      return reading.get(arn) ?? tags.of(arn, place);
    },
  };
}

function isMapping(mapping: Mapping | RemediatorError | undefined): mapping is Mapping {
  return mapping !== undefined && !(mapping instanceof RemediatorError);
}
