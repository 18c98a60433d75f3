import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { attemptFrom, attemptsAt, enteredAt, soundAttempts } from '../../../../cli/aws/attempts.ts';
import { attemptLines } from '../../../../cli/executions/attempt-lines.ts';
import type { Remediation } from '../../../../shared/domain/remediation.ts';

const ROW = {
  findingId: 'ab'.repeat(32),
  attempt: '000001-001',
  state: 'Failed',
  stateReason: 'STEP_FAILED: it failed',
  reasonCode: 'STEP_FAILED',
  checkName: 'c',
  resource: 'r',
  account: '111122223333',
  region: 'us-east-1',
  clientToken: 't',
  enteredAt: { Failed: '2026-01-01T00:00:00.000Z' },
};
const WRONG: readonly object[] = [
  { state: 'Nonsense' },
  { state: 3 },
  { state: undefined, stateReason: undefined, resource: undefined },
  { stateReason: 7 },
  { enteredAt: 'x' },
  { enteredAt: undefined },
  { enteredAt: { Failed: 5 } },
  { checkName: ['c'] },
  { nextActionAt: 4 },
  { opsItemId: 12, document: 1, parameters: 'x' },
  { attempt: 1 },
];
const itemOf = (changes: object) => marshall({ ...ROW, ...changes }, { removeUndefinedValues: true });

describe('an attempt whose row somebody wrote by hand', () => {
  it.each(WRONG)('%j is shown, and nothing is decided by it', (changes) => {
    const attempt = attemptFrom(itemOf(changes));
    expect(typeof enteredAt(attempt)).toBe('string');
    expect(attemptLines(attempt).join('\n')).not.toContain('undefined');
    expect(() => soundAttempts([{ ...ROW, ...changes } as unknown as Remediation])).toThrow(
      /The row abab.* cannot be read: .* (is|are) wrong/,
    );
  });

  it.each([{ approval: 'me' }, { approval: {} }])('%j is no approval to show', ({ approval }) => {
    expect(attemptLines(attemptFrom(itemOf({ approval }))).join('\n')).not.toContain('approved');
  });

  it('one that functions wrote is what it was, and sound', () => {
    const row = { ...ROW, approval: { by: 'alice', at: '2026-01-01T00:00:00.000Z', of: 'd' } };
    const attempt = attemptFrom(marshall(row));
    expect(attempt).toEqual(row);
    expect(soundAttempts([attempt])).toEqual([row]);
    expect(enteredAt(attempt)).toBe('2026-01-01T00:00:00.000Z');
  });
});

describe('the attempts at a finding', () => {
  it('are read page by page; an answer without items is not DynamoDB', async () => {
    const client = new DynamoDBClient({ region: 'us-east-1' });
    const pages = [
      { Items: [itemOf({})], LastEvaluatedKey: itemOf({}) },
      { Items: [itemOf({ attempt: '2' })] },
      {},
    ];
    client.send = async (command: unknown) => {
      if (!(command instanceof QueryCommand)) throw new TypeError('Only queries are expected');
      return pages.shift();
    };
    const found = await attemptsAt(client, 'T', ROW.findingId);
    expect(found.map(({ attempt }) => attempt)).toEqual(['000001-001', '2']);
    await expect(attemptsAt(client, 'T', ROW.findingId)).rejects.toThrow('without Items');
  });
});
