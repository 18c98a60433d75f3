import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { RemediatorError } from '../domain/errors.ts';
import { checkTransition, isOver, type State, statesBefore, WAITING } from '../domain/lifecycle.ts';
import type { AttemptKey, Remediation } from '../domain/remediation.ts';
import type { Changes, Clock, ExecutionStore, Written } from '../ports.ts';
import { begin, claim, QUEUE, remediationFrom } from './claims.ts';
import type { Image } from './tracked-finding.ts';

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly checkTrackerTable: string;
  readonly guardTable: string;
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
    return found.slice(0, input.Limit);
  };

  return {
    claim: (remediation, guard) => claim(options, remediation, guard),
    begin: (remediation, changes, guard) =>
      begin(options, remediation, {
        guard,
        update: updateFor(options, remediation, beginning(options, changes)),
      }),

    async get(key) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true }),
      );
      return Item && remediationFrom(Item);
    },

    listByExecutionId: (id) =>
      query({
        IndexName: 'byAutomationExecutionId',
        KeyConditionExpression: 'automationExecutionId = :id',
        ExpressionAttributeValues: { ':id': { S: id } },
      }),

    list: (findingId) =>
      query({
        KeyConditionExpression: 'findingId = :id',
        ExpressionAttributeValues: { ':id': { S: findingId } },
        ConsistentRead: true,
      }),

    listSharers: (opsItemId, limit) =>
      query({
        IndexName: 'bySharedOpsItem',
        KeyConditionExpression: 'sharedOpsItemId = :id',
        ExpressionAttributeValues: { ':id': { S: opsItemId } },
        Limit: limit,
      }),

    listDue: (now, limit) =>
      query({
        IndexName: 'byNextAction',
        KeyConditionExpression: 'nextActionQueue = :queue AND nextActionAt <= :now',
        ExpressionAttributeValues: { ':queue': { S: QUEUE }, ':now': { S: now.toISOString() } },
        Limit: limit,
      }),

    async transition(key, to, changes) {
      checkTransition(key, to);
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

interface Update {
  readonly from: readonly State[];
  readonly sets: Changes & { readonly state?: State };
  readonly enteredAt?: { readonly name: string; readonly value: string };
  readonly names?: Readonly<Record<string, string>>;
}

/** One UpdateItem, conditional on the state that it leaves. */
async function update(options: Options, key: AttemptKey, change: Update): Promise<Written> {
  try {
    const { Attributes } = await options.client.send(
      new UpdateItemCommand({ ...updateFor(options, key, change), ReturnValues: 'ALL_NEW' }),
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

/** The expressions of an update, for UpdateItem and for a transaction. */
function updateFor({ tableName }: Options, key: AttemptKey, { from, sets, enteredAt, names }: Update) {
  const { nextActionAt, batch, ...rest } = sets;
  const values: Record<string, unknown> = { ...rest, batch: batch ?? undefined, ...sharedOf(sets) };
  if (typeof nextActionAt === 'string') Object.assign(values, { nextActionAt, nextActionQueue: QUEUE });
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  const assignments = present.map(([name]) => `#${name} = :${name}`);
  if (enteredAt) assignments.push(`${enteredAt.name} = :enteredAt`);
  const removed = [
    ...(nextActionAt === null ? ['nextActionAt', 'nextActionQueue'] : []),
    ...(batch === null ? ['batch'] : []),
    ...(sets.sharesOpsItem === false || (sets.state && isOver(sets.state)) ? ['sharedOpsItemId'] : []),
  ];
  return {
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
      ...marshall(Object.fromEntries(present.map(([name, value]) => [`:${name}`, value])), {
        removeUndefinedValues: true,
      }),
      ...Object.fromEntries(from.map((state, index) => [`:from${index}`, { S: state }])),
      ...(enteredAt ? { ':enteredAt': { S: enteredAt.value } } : {}),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

/** The sparse index's key: there only while a row that is not over shares its OpsItem. */
function sharedOf({ state, sharesOpsItem, opsItemId }: Update['sets']): Readonly<Record<string, unknown>> {
  return sharesOpsItem && opsItemId && !(state && isOver(state)) ? { sharedOpsItemId: opsItemId } : {};
}

/** From whatever waits to Starting. */
function beginning({ clock }: Options, changes: Changes): Update {
  return {
    from: WAITING,
    sets: { state: 'Starting', ...changes },
    enteredAt: { name: '#enteredAt.#to', value: clock.now().toISOString() },
    names: { '#enteredAt': 'enteredAt', '#to': 'Starting' },
  };
}

function keyOf({ findingId, attempt }: AttemptKey): Image {
  return { findingId: { S: findingId }, attempt: { S: attempt } };
}
