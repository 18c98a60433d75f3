import type { Circumstances } from '../domain/circumstances.ts';
import type { Decision } from '../domain/decision.ts';
import type { TrackedFinding } from '../domain/finding.ts';
import type { Mapping } from '../domain/mapping.ts';
import type { BatchPlan } from '../domain/plan-batches.ts';
import type { Remediation } from '../domain/remediation.ts';
import type { RunbookParameters } from '../domain/template.ts';
import type { Changes } from '../ports.ts';
import { atOnce } from './at-once.ts';
import { changesOf } from './carry-out.ts';
import { policyOf } from './new-remediation.ts';
import { subjectOf } from './ops-item-text.ts';
import { type ReconcileDeps, supersede } from './reconcile-row.ts';
import { askAt, resumeAt } from './start-remediation.ts';
import { tellPeople } from './tell-people.ts';

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

const AT_ONCE = 10;

/** A rate-controlled execution that is to be. */
export interface Batch {
  readonly token: string;
  readonly plan: BatchPlan<Ready>;
  /** How many may run at a time; undefined: the check has no limit. */
  readonly slots: number | undefined;
}

/** A row that begins with others. */
export interface Member {
  readonly ready: Ready;
  /** The row as it is in Starting, with its OpsItem. */
  readonly remediation: Remediation & { readonly opsItemId: string; readonly sharesOpsItem: boolean };
}

interface Beginning {
  readonly admitted: readonly Ready[];
  /** Why some of them did not begin. */
  readonly failures: unknown[];
}

/** Moves the rows to Starting and tells people. A finding that has turned Green meanwhile drops out. */
export async function beginBatch(
  deps: ReconcileDeps,
  batch: Batch,
  { admitted, failures }: Beginning,
): Promise<readonly Member[]> {
  const members = new Map<Ready, Member>();
  await atOnce(AT_ONCE, admitted, async (ready) => {
    try {
      const member = await beginOne(deps, batch, ready);
      if (member) members.set(ready, member);
    } catch (error) {
      failures.push(error);
    }
  });
  return admitted.flatMap((ready) => members.get(ready) ?? []);
}

async function beginOne(
  deps: ReconcileDeps,
  { token, plan }: Batch,
  ready: Ready,
): Promise<Member | undefined> {
  const { row, decision, finding } = ready;
  const changes = {
    ...changesOf(decision),
    ...policyOf(ready.circumstances),
    observedAt: finding.observedAt.toISOString(),
    batch: { token, parameter: plan.parameter },
    nextActionAt: resumeAt(deps.clock.now()),
  } satisfies Changes;
  const { outcome } = await deps.executions.begin(row, changes);
  if (outcome === 'superseded') await supersede(deps, row);
  if (outcome !== 'claimed') return undefined;
  const { stateReason, reasonCode } = row;
  const { stateReason: _, ...begun } = changes;
  const remediation: Remediation = { ...row, ...begun, state: 'Starting' };
  try {
    const told = await tellPeople(deps, subjectOf({ finding, remediation }, decision.reason), remediation);
    return { ready, remediation: { ...remediation, ...told } };
  } catch (error) {
    // Nobody has been told, so it waits as it did before.
    await deps.executions.transition(remediation, 'Deferred', {
      stateReason,
      reasonCode,
      nextActionAt: askAt(deps.clock.now()),
    });
    throw error;
  }
}
