import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createCheckReader } from '../../../shared/aws/check-reader.ts';
import { createCheckStore } from '../../../shared/aws/check-store.ts';
import { createExceptionStore } from '../../../shared/aws/exception-store.ts';
import { createExecutionStore } from '../../../shared/aws/execution-store.ts';
import { createGuardStore } from '../../../shared/aws/guard-store.ts';
import { createMappingStore } from '../../../shared/aws/mapping-store.ts';
import { findingIdOf, type TrackedFinding } from '../../../shared/domain/finding.ts';
import type { Remediation } from '../../../shared/domain/remediation.ts';
import { handleResult, type ResultOutcome } from '../../../shared/use-cases/handle-result.ts';
import type { ReconcileDeps } from '../../../shared/use-cases/reconcile.ts';
import type { TestTables } from '../../helpers/dynoxide.ts';
import { FakeLog } from '../../helpers/fakes.ts';
import { FakeCalendars, FakeOpsItems, FakeRunbooks, FakeTags } from '../../helpers/fakes-systems-manager.ts';
import { ACCOUNT, aFinding, aMappingRow, aRunbook, REGION, RUNBOOK } from '../../helpers/findings.ts';
import type { VirtualClock } from './virtual-clock.ts';

/**
 * One check, its findings, and handlers that share DynamoDB's tables and Systems Manager: nothing else where they are
 * cold, and once they are warm what a function keeps of mappings and exceptions.
 */
export class Check {
  readonly name = randomUUID();
  readonly runbooks = new FakeRunbooks();
  readonly opsItems = new FakeOpsItems();
  readonly clock: VirtualClock;
  readonly #tables: TestTables;
  #findings = 0;
  #kept: Pick<ReconcileDeps, 'mappings' | 'exceptions'> | undefined;

  constructor(tables: TestTables, clock: VirtualClock) {
    this.#tables = tables;
    this.clock = clock;
    this.runbooks.idPrefix = this.name.slice(0, 8);
    this.runbooks.documents.set(RUNBOOK, aRunbook());
  }

  async map(row: Readonly<Record<string, unknown>>): Promise<void> {
    const { client, automationMappingTable: TableName } = this.#tables;
    const Item = marshall(aMappingRow({ ...row, checkName: this.name }));
    await client.send(new PutItemCommand({ TableName, Item }));
  }

  /** From here on no handler reads what one has read. */
  async warm(): Promise<void> {
    this.#kept = this.#reading();
    await Promise.all([this.#kept.mappings.find(this.name), this.#kept.exceptions.list()]);
  }

  /** Tracks so many new findings, all Red. */
  async findings(count: number): Promise<readonly TrackedFinding[]> {
    const { client, checkTrackerTable } = this.#tables;
    const checks = createCheckStore({ client, tableName: checkTrackerTable, clock: this.clock });
    return Promise.all(
      Array.from({ length: count }, async () => {
        this.#findings += 1;
        const resource = `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/sg-${this.#findings}`;
        const finding = aFinding({ checkName: this.name, resource });
        if ((await checks.track(finding)) === 'stale') throw new Error('The finding was not tracked');
        return { ...finding, findingId: findingIdOf(finding), episode: 1 };
      }),
    );
  }

  /** As many handlers as findings, all at once. @throws what any of them throws */
  handle(findings: readonly TrackedFinding[]): Promise<readonly ResultOutcome[]> {
    return Promise.all(findings.map((finding) => handleResult(this.handler(), finding)));
  }

  async rowsOf(findings: readonly TrackedFinding[]): Promise<readonly Remediation[]> {
    const { executions } = this.handler();
    return (await Promise.all(findings.map(({ findingId }) => executions.list(findingId)))).flat();
  }

  #reading(): Pick<ReconcileDeps, 'mappings' | 'exceptions'> {
    const { client, automationMappingTable, remediationExceptionTable } = this.#tables;
    const { clock } = this;
    return {
      mappings: createMappingStore({ client, tableName: automationMappingTable, clock }),
      exceptions: createExceptionStore({ client, tableName: remediationExceptionTable, clock }),
    };
  }

  /** What a function of its own has. */
  handler(): ReconcileDeps {
    const { clock, runbooks, opsItems } = this;
    const { client, checkTrackerTable, remediationGuardTable: guardTable } = this.#tables;
    return {
      checks: createCheckReader({ client, tableName: checkTrackerTable }),
      ...(this.#kept ?? this.#reading()),
      executions: createExecutionStore({
        client,
        tableName: this.#tables.automationExecutionTrackerTable,
        checkTrackerTable,
        guardTable,
        clock,
      }),
      guards: createGuardStore({
        client,
        tableName: guardTable,
        clock,
        opsItemBudget: 1_000_000,
        toldIn: async (place) => place,
      }),
      runbooks,
      opsItems,
      calendars: new FakeCalendars(),
      tags: new FakeTags(),
      accounts: { reaches: async () => true },
      clock,
      log: new FakeLog(),
    };
  }
}
