import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { RemediationException } from '../../shared/domain/exception.ts';
import { CliError } from '../cli-error.ts';

/** What names an exception: the key of RemediationExceptionTable. */
export type ExceptionKey = Pick<RemediationException, 'resource' | 'checkName'>;

/** A row as it is there: people write them by hand, too. */
export type ExceptionRow = ExceptionKey & Readonly<Record<string, unknown>>;

/** RemediationExceptionTable, for those who write it. Every write is conditional on what was read. */
export interface ExceptionTable {
  get(key: ExceptionKey): Promise<ExceptionRow | undefined>;
  /** @throws CliError CHANGED_MEANWHILE */
  put(exception: RemediationException, before: ExceptionRow | undefined): Promise<void>;
  /** @throws CliError CHANGED_MEANWHILE */
  remove(before: ExceptionRow): Promise<void>;
}

export function createExceptionTable(client: DynamoDBClient, TableName: string): ExceptionTable {
  const keyOf = ({ resource, checkName }: ExceptionKey) => marshall({ resource, checkName });
  return {
    async get(key) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true }),
      );
      // Its key is there, whatever else is.
      return Item && (unmarshall(Item) as ExceptionRow);
    },
    put: (exception, before) =>
      conditionally(() =>
        client.send(
          new PutItemCommand({
            TableName,
            Item: marshall(exception, { removeUndefinedValues: true }),
            ...(before
              ? unchanged(before)
              : { ConditionExpression: 'attribute_not_exists(#resource)', ExpressionAttributeNames: NAME }),
          }),
        ),
      ),
    remove: (before) =>
      conditionally(() =>
        client.send(new DeleteItemCommand({ TableName, Key: keyOf(before), ...unchanged(before) })),
      ),
  };
}

const NAME = { '#resource': 'resource' };

function unchanged(before: ExceptionRow) {
  const entries = Object.entries(before);
  return {
    ConditionExpression: entries.map((_, index) => `#n${index} = :v${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#n${index}`, name])),
    ExpressionAttributeValues: marshall(
      Object.fromEntries(entries.map(([, value], index) => [`:v${index}`, value])),
    ),
  };
}

async function conditionally(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new CliError(
      'CHANGED_MEANWHILE',
      'Somebody else changed this exception at this moment; nothing was changed: look, and say it again',
      { cause: error, exitCode: 1 },
    );
  }
}
