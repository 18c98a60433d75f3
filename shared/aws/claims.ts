import {
  type CancellationReason,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type Update,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CheckGuard } from '../domain/check-guard.ts';
import { RemediatorError } from '../domain/errors.ts';
import { episodeOf, type Remediation } from '../domain/remediation.ts';
import type { Claim, Clock } from '../ports.ts';
import { guardPut } from './guard-store.ts';
import type { Image } from './tracked-finding.ts';

/** History is kept for more than a year. */
const KEPT_DAYS = 400;
/** Hash key of the sparse index that the reconciler reads: one queue. */
export const QUEUE = 'reconciler';

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly checkTrackerTable: string;
  readonly guardTable: string;
  readonly clock: Clock;
}

/** The row is put only while the finding is Red or Yellow in this very episode. */
export function claim(options: Options, remediation: Remediation, guard?: CheckGuard): Promise<Claim> {
  const { tableName, clock } = options;
  const expiresAt = Math.floor(clock.now().getTime() / 1000) + KEPT_DAYS * 86_400;
  const queued = remediation.nextActionAt === undefined ? {} : { nextActionQueue: QUEUE };
  const shared = remediation.sharesOpsItem ? { sharedOpsItemId: remediation.opsItemId } : {};
  const Put = {
    TableName: tableName,
    Item: marshall({ ...remediation, ...queued, ...shared, expiresAt }, { removeUndefinedValues: true }),
    ConditionExpression: 'attribute_not_exists(findingId)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  return transact(options, remediation, { write: { Put }, guard });
}

/** A waiting row moves to Starting under the same condition. */
export function begin(
  options: Options,
  remediation: Remediation,
  { update, guard }: { readonly update: Update; readonly guard: CheckGuard | undefined },
): Promise<Claim> {
  return transact(options, remediation, { write: { Update: update }, guard });
}

interface Write {
  readonly write: TransactWriteItem;
  readonly guard: CheckGuard | undefined;
}

/** One transaction: the finding as it must be, the row, and the check's counters where they change. */
async function transact(
  { client, checkTrackerTable, guardTable }: Options,
  remediation: Remediation,
  { write, guard }: Write,
): Promise<Claim> {
  const current = {
    TableName: checkTrackerTable,
    Key: { findingId: { S: remediation.findingId } },
    ConditionExpression: 'resourceStatus <> :green AND episode = :episode',
    ExpressionAttributeValues: {
      ':green': { S: 'Green' },
      ':episode': { N: String(episodeOf(remediation)) },
    },
  };
  const counters = guard ? [{ Put: guardPut(guardTable, remediation.checkName, guard) }] : [];
  try {
    await client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: current }, write, ...counters] }),
    );
    return { outcome: 'claimed' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [check, row] = error.CancellationReasons ?? [];
    if (check?.Code === 'None' && row?.Code === 'ConditionalCheckFailed' && !row.Item)
      throw new RemediatorError(
        'LIFECYCLE_CONFLICT',
        `The row ${remediation.findingId} ${remediation.attempt} is gone.`,
        { cause: error },
      );
    const claimed = outcomeOf(error.CancellationReasons ?? []);
    if (claimed === undefined) throw error;
    return claimed;
  }
}

function outcomeOf(reasons: readonly CancellationReason[]): Claim | undefined {
  const [check, row, counters] = reasons;
  if (check?.Code === 'ConditionalCheckFailed') return { outcome: 'superseded' };
  if (row?.Code === 'ConditionalCheckFailed' && row.Item)
    return { outcome: 'exists', remediation: remediationFrom(row.Item) };
  // Somebody else writes one of these rows at this moment.
  const contended = reasons.some(({ Code }) => Code === 'TransactionConflict');
  return contended || counters?.Code === 'ConditionalCheckFailed' ? { outcome: 'contended' } : undefined;
}

/** Rows are written by this file and execution-store.ts alone, so their shape is taken on trust. */
export function remediationFrom(item: Image): Remediation {
  // What indexes and time to live need is the table's own.
  const { expiresAt: _, nextActionQueue: __, sharedOpsItemId: ___, ...remediation } = unmarshall(item);
  return remediation as Remediation;
}
