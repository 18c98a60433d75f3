import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { CliError } from '../../../../cli/cli-error.ts';
import { createExceptionTable } from '../../../../cli/exceptions/exception-table.ts';

const KEY = { resource: 'r', checkName: 'c' };
const EXCEPTION = { ...KEY, owner: 'alice', reason: 'a test', expiresAt: 2_000_000_000 };

/** A client that gives these answers, or throws them, one after the other; and what it was asked. */
function clientOf(...answers: readonly unknown[]) {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const asked: Readonly<Record<string, unknown>>[] = [];
  const left = [...answers];
  client.send = async (command: { readonly input: object }) => {
    asked.push({ ...command.input });
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { table: createExceptionTable(client, 'T'), asked };
}

const refused = (item?: object) =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(item ? { Item: marshall(item) } : {}),
  });

describe('a row of RemediationExceptionTable', () => {
  it('written by hand can be read, and is replaced only while it is what was read', async () => {
    const item = {
      ...marshall(KEY),
      odd: { N: '12345678901234567890123456789.5' },
      tags: { SS: ['b', 'a'] },
    };
    const { table, asked } = clientOf({ Item: item }, {}, { Item: item }, {});
    const before = await table.get(KEY);
    expect(before).toEqual({ ...KEY, odd: '12345678901234567890123456789.5', tags: ['a', 'b'] });
    await table.put(EXCEPTION, before);
    expect(Object.values(asked[1]?.ExpressionAttributeValues as object)).toEqual(Object.values(item));
    const again = await table.get(KEY);
    if (again) await table.remove(again);
    expect(Object.values(asked[3]?.ExpressionAttributeValues as object)).toEqual(Object.values(item));
  });

  it('whose write was made, and its answer lost: done', async () => {
    await expect(clientOf(refused(EXCEPTION)).table.put(EXCEPTION, undefined)).resolves.toBeUndefined();
    const { table } = clientOf({ Item: marshall(EXCEPTION) }, refused());
    const before = await table.get(KEY);
    await expect(before && table.remove(before)).resolves.toBeUndefined();
  });

  it('that somebody else changed stays', async () => {
    const other = refused({ ...EXCEPTION, owner: 'bob' });
    await expect(clientOf(other).table.put(EXCEPTION, undefined)).rejects.toThrow(CliError);
    const { table } = clientOf({ Item: marshall(EXCEPTION) }, other);
    const before = await table.get(KEY);
    await expect(before && table.remove(before)).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
      exitCode: 1,
    });
  });
});
