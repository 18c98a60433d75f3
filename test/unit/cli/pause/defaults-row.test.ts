import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDefaultsTable } from '../../../../cli/pause/defaults-row.ts';

const NOTE = { by: 'alice', at: '2026-01-01T00:00:00.000Z' };
const PAUSED = { checkName: '*', executionMode: 'off', pause: NOTE };

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
  return { table: createDefaultsTable(client, 'T'), asked };
}

const refused = (Item: Record<string, AttributeValue>) =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {}, Item });

describe('the row *', () => {
  it('is paused while it is exactly what was read, whatever people wrote into it', async () => {
    const executionMode = { SS: ['b', 'a'] };
    const { table, asked } = clientOf(
      { Item: { checkName: { S: '*' }, executionMode } },
      { Attributes: marshall(PAUSED) },
    );
    const before = await table.read();
    expect(before).toEqual({ checkName: '*', executionMode: ['a', 'b'] });
    await table.pause(before, NOTE);
    expect(asked[1]?.ExpressionAttributeValues).toMatchObject({ ':modeBefore': executionMode });
  });

  it('whose write was made, and its answer lost: done', async () => {
    await expect(clientOf(refused(marshall(PAUSED))).table.pause(undefined, NOTE)).resolves.toBeUndefined();
  });

  it('that somebody else paused stays', async () => {
    const other = marshall({ ...PAUSED, pause: { ...NOTE, by: 'bob' } });
    await expect(clientOf(refused(other)).table.pause(undefined, NOTE)).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
      exitCode: 1,
    });
  });

  it('is not paused where what answers says nothing of it', async () => {
    await expect(clientOf({}).table.pause(undefined, NOTE)).rejects.toMatchObject({ name: 'NotAws' });
  });

  it('is resumed without a mode, if it had none', async () => {
    const { table, asked } = clientOf(
      { Item: marshall(PAUSED) },
      { Attributes: marshall({ checkName: '*' }) },
    );
    const before = await table.read();
    await (before && table.resume(before));
    expect(asked[1]?.UpdateExpression).toBe('REMOVE #mode, #pause');
  });
});
