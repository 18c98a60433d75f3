import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type CheckGuard, NO_GUARD } from '../domain/check-guard.ts';
import { plainNameOf } from '../domain/check-names.ts';
import { RemediatorError } from '../domain/errors.ts';
import type { Clock, GuardStore, Place } from '../ports.ts';
import type { Image } from './tracked-finding.ts';

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
  /** How many OpsItems an account may have opened for findings in a month. */
  readonly opsItemBudget: number;
  /** The place whose budget an OpsItem is taken from. */
  readonly toldIn: (place: Place) => Promise<Place>;
}

const DAY_S = 86_400;

/** RemediationGuardTable: docs/architecture.md, "Data". */
export function createGuardStore(options: Options): GuardStore {
  const { client, tableName, clock, toldIn } = options;
  return {
    read: (checkName, place) => read(options, checkName, place),

    async write(checkName, guard) {
      try {
        await client.send(new PutItemCommand(guardPut(tableName, checkName, guard)));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async throttle(place, until) {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall({
            guardId: placeId(place),
            throttledUntil: until.toISOString(),
            expiresAt: Math.floor(until.getTime() / 1000) + DAY_S,
          }),
        }),
      );
    },

    takeOpsItem: async (place) => takeOpsItem(options, await toldIn(place), clock.now()),
  };
}

async function read({ client, tableName, clock }: Options, checkName: string, place: Place) {
  const Keys = [{ guardId: { S: checkId(checkName) } }, { guardId: { S: placeId(place) } }];
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
  );
  // What DynamoDB did not get round to is not "no limit".
  if (UnprocessedKeys && Object.keys(UnprocessedKeys).length > 0)
    throw new RemediatorError(
      'AWS_CALL_FAILED',
      'DynamoDB did not read all of RemediationGuardTable that was asked for.',
    );
  const rows = (Responses?.[tableName] ?? []).map((item) => unmarshall(item));
  const check = rows.find(({ guardId }) => guardId === checkId(checkName));
  const until = rows.find(({ guardId }) => guardId === placeId(place))?.throttledUntil;
  const throttledUntil = typeof until === 'string' ? new Date(until) : undefined;
  return {
    guard: check ? guardFrom(check) : NO_GUARD,
    ...(throttledUntil && throttledUntil > clock.now() ? { throttledUntil } : {}),
  };
}

/** The put of a check's counters, conditional on the version that they were made from. */
export function guardPut(tableName: string, checkName: string, { version, ...counted }: CheckGuard) {
  const Item: Image = marshall(
    { guardId: checkId(checkName), checkName, version: version + 1, ...counted },
    { removeUndefinedValues: true },
  );
  return version === 0
    ? { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(guardId)' }
    : {
        TableName: tableName,
        Item,
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': { N: String(version) } },
      };
}

/** One atomic count, never beyond the budget. */
async function takeOpsItem({ client, tableName, opsItemBudget }: Options, { account }: Place, now: Date) {
  if (opsItemBudget === 0) return false;
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: { guardId: { S: `ops-items#${account}#${now.toISOString().slice(0, 7)}` } },
        UpdateExpression: 'ADD #count :one SET #expiresAt = :expiresAt',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :budget',
        ExpressionAttributeNames: { '#count': 'count', '#expiresAt': 'expiresAt' },
        ExpressionAttributeValues: {
          ':one': { N: '1' },
          ':budget': { N: String(opsItemBudget) },
          ':expiresAt': { N: String(Math.floor(now.getTime() / 1000) + 62 * DAY_S) },
        },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Rows are written by this file and the execution store alone, so their shape is taken on trust. */
function guardFrom({ guardId: _, checkName: __, ...guard }: Record<string, unknown>): CheckGuard {
  return guard as unknown as CheckGuard;
}

/** One for each check: an AWS Config rule has another suffix in every account and region. */
function checkId(checkName: string): string {
  return `check#${plainNameOf(checkName)}`;
}

function placeId({ account, region }: Place): string {
  return `place#${account}#${region}`;
}
