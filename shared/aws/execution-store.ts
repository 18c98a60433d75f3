import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { RemediatorError } from '../domain/errors.ts';
import { type State, statesBefore } from '../domain/lifecycle.ts';
import { type AttemptKey, episodeOf, type Remediation } from '../domain/remediation.ts';
import type { Changes, Clock, ExecutionStore, Written } from '../ports.ts';
import type { Image } from './tracked-finding.ts';

/** History is kept for more than a year. */
const KEPT_DAYS = 400;
/** Hash key of the sparse index that the reconciler reads: one queue. */
const QUEUE = 'reconciler';

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly checkTrackerTable: string;
  readonly clock: Clock;
}

/** AutomationExecutionTrackerTable: docs/architecture.md, "Data". */
export function createExecutionStore(options: Options): ExecutionStore {
  const { client, tableName, clock } = options;
  const query = async (input: Omit<QueryCommandInput, 'TableName'>) => {
    const found: Remediation[] = [];
    let ExclusiveStartKey: Image | undefined;
    do {
      const page = await client.send(new QueryCommand({ TableName: tableName, ...input, ExclusiveStartKey }));
      found.push(...(page.Items ?? []).map(remediationFrom));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined && found.length < (input.Limit ?? Number.POSITIVE_INFINITY));
    return found;
  };

  return {
    claim: (remediation) => claim(options, remediation),

    async get(key) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true }),
      );
      return Item && remediationFrom(Item);
    },

    async findByExecutionId(id) {
      const found = await query({
        IndexName: 'byAutomationExecutionId',
        KeyConditionExpression: 'automationExecutionId = :id',
        ExpressionAttributeValues: { ':id': { S: id } },
      });
      return found[0];
    },

    list: (findingId) =>
      query({
        KeyConditionExpression: 'findingId = :id',
        ExpressionAttributeValues: { ':id': { S: findingId } },
        ConsistentRead: true,
      }),

    listDue: (now, limit) =>
      query({
        IndexName: 'byNextAction',
        KeyConditionExpression: 'nextActionQueue = :queue AND nextActionAt <= :now',
        ExpressionAttributeValues: { ':queue': { S: QUEUE }, ':now': { S: now.toISOString() } },
        Limit: limit,
      }),

    async transition(key, to, changes) {
      const enteredAt = { name: '#enteredAt.#to', value: clock.now().toISOString() };
      const names = { '#enteredAt': 'enteredAt', '#to': to };
      return update(options, key, {
        from: statesBefore(to),
        sets: { state: to, ...changes },
        enteredAt,
        names,
      });
    },

    amend: (key, state, changes) => update(options, key, { from: [state], sets: changes }),
  };
}

/** One transaction: the row is put only while the finding is Red or Yellow in this very episode. */
async function claim({ client, tableName, checkTrackerTable, clock }: Options, remediation: Remediation) {
  const expiresAt = Math.floor(clock.now().getTime() / 1000) + KEPT_DAYS * 86_400;
  const queued = remediation.nextActionAt === undefined ? {} : { nextActionQueue: QUEUE };
  try {
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            ConditionCheck: {
              TableName: checkTrackerTable,
              Key: { findingId: { S: remediation.findingId } },
              ConditionExpression: 'resourceStatus <> :green AND episode = :episode',
              ExpressionAttributeValues: {
                ':green': { S: 'Green' },
                ':episode': { N: String(episodeOf(remediation)) },
              },
            },
          },
          {
            Put: {
              TableName: tableName,
              Item: marshall({ ...remediation, ...queued, expiresAt }, { removeUndefinedValues: true }),
              ConditionExpression: 'attribute_not_exists(findingId)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      }),
    );
    return { outcome: 'claimed' } as const;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [check, put] = error.CancellationReasons ?? [];
    if (check?.Code === 'ConditionalCheckFailed') return { outcome: 'superseded' } as const;
    if (put?.Code !== 'ConditionalCheckFailed' || !put.Item) throw error;
    return { outcome: 'exists', remediation: remediationFrom(put.Item) } as const;
  }
}

interface Update {
  readonly from: readonly State[];
  readonly sets: Changes & { readonly state?: State };
  readonly enteredAt?: { readonly name: string; readonly value: string };
  readonly names?: Readonly<Record<string, string>>;
}

/** One UpdateItem, conditional on the state that it leaves. */
async function update(
  { client, tableName }: Options,
  key: AttemptKey,
  { from, sets, enteredAt, names }: Update,
): Promise<Written> {
  const { nextActionAt, ...rest } = sets;
  const values: Record<string, unknown> = { ...rest };
  if (typeof nextActionAt === 'string') Object.assign(values, { nextActionAt, nextActionQueue: QUEUE });
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  const assignments = present.map(([name]) => `#${name} = :${name}`);
  if (enteredAt) assignments.push(`${enteredAt.name} = :enteredAt`);
  const removed = nextActionAt === null ? ['nextActionAt', 'nextActionQueue'] : [];
  try {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: keyOf(key),
        UpdateExpression: [
          assignments.length > 0 ? `SET ${assignments.join(', ')}` : '',
          removed.length > 0 ? `REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '',
        ].join(' '),
        ConditionExpression: `#state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
        ExpressionAttributeNames: {
          ...Object.fromEntries(
            [...present.map(([name]) => name), ...removed, 'state'].map((name) => [`#${name}`, name]),
          ),
          ...names,
        },
        ExpressionAttributeValues: {
          ...marshall(Object.fromEntries(present.map(([name, value]) => [`:${name}`, value]))),
          ...Object.fromEntries(from.map((state, index) => [`:from${index}`, { S: state }])),
          ...(enteredAt ? { ':enteredAt': { S: enteredAt.value } } : {}),
        },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { moved: true, remediation: remediationFrom(Attributes as Image) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (error.Item) return { moved: false, remediation: remediationFrom(error.Item) };
    throw new RemediatorError('LIFECYCLE_CONFLICT', `The row ${key.findingId} ${key.attempt} is gone.`, {
      cause: error,
    });
  }
}

function keyOf({ findingId, attempt }: AttemptKey): Image {
  return { findingId: { S: findingId }, attempt: { S: attempt } };
}

/** Rows are written by this file alone, so their shape is taken on trust. */
function remediationFrom(item: Image): Remediation {
  return unmarshall(item) as Remediation;
}
