import { randomUUID } from 'node:crypto';
import { createCheckStore } from '../../../shared/aws/check-store.ts';
import { createExecutionStore } from '../../../shared/aws/execution-store.ts';
import { createGuardStore } from '../../../shared/aws/guard-store.ts';
import { findingIdOf, type Status } from '../../../shared/domain/finding.ts';
import type { State } from '../../../shared/domain/lifecycle.ts';
import { attemptKey, clientTokenOf, type Remediation } from '../../../shared/domain/remediation.ts';
import type { CheckStore, ExecutionStore, GuardStore } from '../../../shared/ports.ts';
import { dynoxideMissing, type TestTables } from '../../helpers/dynoxide.ts';
import type { FakeClock } from '../../helpers/fakes.ts';
import { FakeCheckStore } from '../../helpers/fakes-check-store.ts';
import { FakeExecutionStore } from '../../helpers/fakes-execution-store.ts';
import { FakeGuardStore } from '../../helpers/fakes-stores.ts';
import { aFinding } from '../../helpers/findings.ts';

export interface Stores {
  readonly checks: CheckStore;
  readonly executions: ExecutionStore;
  readonly guards: GuardStore;
  readonly clock: FakeClock;
}

/** New OpsItems a month, for both. */
export const OPS_ITEM_BUDGET = 7;

/** The adapters and the fakes; `tables` is asked when a test begins. */
export function targetsOf(clock: FakeClock, tables: () => TestTables) {
  const createReal = (): Stores => {
    const { client, checkTrackerTable, automationExecutionTrackerTable: tableName } = tables();
    const { remediationGuardTable: guardTable } = tables();
    return {
      checks: createCheckStore({ client, tableName: checkTrackerTable, clock }),
      executions: createExecutionStore({ client, tableName, checkTrackerTable, guardTable, clock }),
      guards: createGuardStore({
        client,
        tableName: guardTable,
        clock,
        opsItemBudget: OPS_ITEM_BUDGET,
        toldIn: async (place) => place,
      }),
      clock,
    };
  };
  const createFake = (): Stores => {
    const checks = new FakeCheckStore();
    const guards = new FakeGuardStore(clock);
    guards.opsItemBudget = OPS_ITEM_BUDGET;
    return { checks, executions: new FakeExecutionStore(checks, guards, clock), guards, clock };
  };
  return [
    { target: 'in memory', skip: undefined, create: createFake },
    {
      target: `dynoxide${dynoxideMissing ? ` (${dynoxideMissing})` : ''}`,
      skip: dynoxideMissing,
      create: createReal,
    },
  ];
}

/** A finding of its own that is Red, with what a handler would claim for it. */
export async function aStory({ checks, executions, guards, clock }: Stores) {
  const resource = `arn:aws:s3:::${randomUUID()}`;
  const findingId = findingIdOf(aFinding({ resource }));
  const track = (status: Status, ms: number) =>
    checks.track(aFinding({ resource, status, observedAt: new Date(ms) }));
  await track('Red', 1);
  const remediation = (changes: Partial<Remediation> = {}, episode = 1): Remediation => {
    const key = attemptKey({ findingId, episode });
    return {
      ...key,
      state: 'Starting',
      stateReason: 'MAPPED: because.',
      reasonCode: 'MAPPED',
      checkName: `check of ${resource}`,
      resource,
      account: '012345678901',
      region: 'ap-southeast-2',
      clientToken: clientTokenOf(key),
      document: 'AWS-X',
      parameters: { GroupId: ['sg-1', 'sg-2'] },
      enteredAt: { Starting: clock.now().toISOString() },
      ...changes,
    };
  };
  return { executions, guards, track, remediation, findingId };
}

/** The same, claimed, in a state. */
export async function aRowIn(state: State, stores: Stores, changes: Partial<Remediation> = {}) {
  const story = await aStory(stores);
  const row = story.remediation({ state, ...changes });
  await story.executions.claim(row);
  return { ...story, row };
}
