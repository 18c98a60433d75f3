import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { scan } from '../../../../cli/aws/scan.ts';

const REQUEST = { tableName: 'T', key: ['id'], filters: [], limit: 10 };

/** A client whose table has pages of these IDs, and that writes down what it is asked. */
function clientOf(...pages: readonly string[][]) {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const asked: ScanCommand['input'][] = [];
  const all = pages.flat();
  client.send = async (command: unknown) => {
    if (!(command instanceof ScanCommand)) throw new TypeError('Only scans are expected');
    asked.push(command.input);
    const from = all.indexOf(command.input.ExclusiveStartKey?.id?.S ?? '') + 1;
    const size = pages[asked.length - 1]?.length ?? all.length;
    const some = all.slice(from, from + size);
    const isLast = from + size >= all.length;
    return {
      Items: some.map((id) => ({ id: { S: id } })),
      ...(isLast ? {} : { LastEvaluatedKey: { id: { S: some.at(-1) ?? all[from - 1] ?? '' } } }),
    };
  };
  return { client, asked };
}

const idsOf = (items: readonly { id?: { S?: string | undefined } }[]) => items.map(({ id }) => id?.S);

describe('a bounded scan', () => {
  it('reads page after page, and stops where it has enough', async () => {
    const { client, asked } = clientOf(['a', 'b'], ['c', 'd'], ['e']);
    const { items, nextToken } = await scan(client, { ...REQUEST, limit: 3 });
    expect(idsOf(items)).toEqual(['a', 'b', 'c']);
    expect(asked).toHaveLength(2);
    const rest = await scan(clientOf(['a', 'b', 'c', 'd', 'e']).client, {
      ...REQUEST,
      startingToken: nextToken,
    });
    expect(idsOf(rest.items)).toEqual(['d', 'e']);
    expect(rest.nextToken).toBeUndefined();
  });

  it('exactly as many as there are: no token', async () => {
    expect(await scan(clientOf(['a', 'b']).client, { ...REQUEST, limit: 2 })).toEqual({
      items: [{ id: { S: 'a' } }, { id: { S: 'b' } }],
    });
  });

  it('filters by what is given, and asks for nothing else', async () => {
    const { client, asked } = clientOf(['a']);
    const filters = [
      { attribute: 'state', is: 'equal', value: 'Red' },
      { attribute: 'check', is: 'containing', value: undefined },
      { attribute: 'resource', is: 'containing', value: 'sg-' },
    ] as const;
    await scan(client, { ...REQUEST, filters });
    expect(asked).toMatchObject([
      {
        FilterExpression: '#f0 = :f0 AND contains(#f1, :f1)',
        ExpressionAttributeNames: { '#f0': 'state', '#f1': 'resource' },
        ExpressionAttributeValues: { ':f0': { S: 'Red' }, ':f1': { S: 'sg-' } },
      },
    ]);
  });

  it('a table without end is not read without end', async () => {
    const client = new DynamoDBClient({ region: 'us-east-1' });
    let pages = 0;
    client.send = async () => {
      pages += 1;
      return { Items: [], LastEvaluatedKey: { id: { S: `${pages}` } } };
    };
    const { items, nextToken } = await scan(client, REQUEST);
    expect({ items, pages }).toEqual({ items: [], pages: 50 });
    expect(Buffer.from(nextToken ?? '', 'base64url').toString()).toBe('["50"]');
  });

  it.each(['x', '', 'W10', 'WzFd', 'WyJhIiwiYiJd'])('the token %j is refused', async (startingToken) => {
    await expect(scan(clientOf(['a']).client, { ...REQUEST, startingToken })).rejects.toMatchObject({
      code: 'WRONG_TOKEN',
    });
  });
});
