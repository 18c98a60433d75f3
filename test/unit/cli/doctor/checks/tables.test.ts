import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { deletionProtection, pointInTimeRecovery, tables } from '../../../../../cli/doctor/checks/tables.ts';
import { type Answers, deployed, linesOf, STACK } from '../doctor.fixture.ts';

function asDeployed(name: unknown, change: object = {}) {
  const create = STACK.tables.find((table) => table.name === name)?.create;
  return {
    Table: {
      TableStatus: 'ACTIVE',
      DeletionProtectionEnabled: true,
      KeySchema: create?.KeySchema,
      StreamSpecification: create?.StreamSpecification,
      GlobalSecondaryIndexes: create?.GlobalSecondaryIndexes?.map((index) => ({
        ...index,
        IndexStatus: 'ACTIVE',
      })),
      ...change,
    },
  };
}
const expiring = (name: unknown) => ({
  TimeToLiveDescription: {
    TimeToLiveStatus: 'ENABLED',
    AttributeName: STACK.tables.find((table) => table.name === name)?.timeToLiveAttribute,
  },
});
const withTable = (change: object | Error, only = 'AutomationExecutionTrackerTable'): Answers => ({
  DescribeTable: ({ TableName }) =>
    TableName !== only || !(change instanceof Error)
      ? asDeployed(TableName, TableName === only ? change : {})
      : change,
  DescribeTimeToLive: ({ TableName }) => expiring(TableName),
});

describe('tables', () => {
  it('as the template has them', async () => {
    expect(linesOf(await tables.run(deployed(withTable({}))))).toEqual([
      'pass: 5 tables are as the template has them',
    ]);
  });

  const gone = new ResourceNotFoundException({ message: 'x', $metadata: {} });
  it.each([
    ['is missing', gone, /there is no table AutomationExecutionTrackerTable/],
    ['is being made', { TableStatus: 'CREATING' }, /it is CREATING/],
    [
      'has another key',
      { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      /its key is id \(HASH\), not findingId/,
    ],
    ['has no stream', { StreamSpecification: undefined }, /its stream is off, not NEW_AND_OLD_IMAGES/],
    [
      'has another stream',
      { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } },
      /its stream is KEYS_ONLY/,
    ],
  ])('one that %s', async (_, change, found) => {
    expect(await tables.run(deployed(withTable(change)))).toMatchObject([
      { verdict: 'fail', found: expect.stringMatching(found) },
    ]);
  });

  it('one that lacks its indexes says each', async () => {
    const results = await tables.run(deployed(withTable({ GlobalSecondaryIndexes: [] })));
    expect(results.map(({ found }) => found.split(' ').at(-1))).toEqual([
      'byAutomationExecutionId',
      'byNextAction',
      'bySharedOpsItem',
    ]);
  });

  it.each([
    ['never did', {}],
    ['no longer do', { AttributeName: 'expiresAt', TimeToLiveStatus: 'DISABLED' }],
    ['do by another attribute', { AttributeName: 'other', TimeToLiveStatus: 'ENABLED' }],
  ])('one whose rows do not expire: they %s', async (_, TimeToLiveDescription) => {
    const answers = { ...withTable({}), DescribeTimeToLive: () => ({ TimeToLiveDescription }) };
    const results = await tables.run(deployed(answers));
    expect(results).toHaveLength(STACK.tables.filter((each) => each.timeToLiveAttribute).length);
    expect(results[0]).toMatchObject({ verdict: 'fail', found: expect.stringMatching(/do not expire/) });
  });

  it('under other names', async () => {
    const asked: unknown[] = [];
    const answers: Answers = {
      DescribeTable: ({ TableName }) => {
        asked.push(TableName);
        return asDeployed(TableName);
      },
      DescribeTimeToLive: ({ TableName }) => expiring(TableName),
    };
    const { tables: names } = deployed({});
    await tables.run(deployed(answers, { tables: { ...names, checkTrackerTable: 'Mine' } }));
    expect(asked).toContain('Mine');
    expect(asked).not.toContain('CheckTrackerTable');
  });
});

describe('what is there for a bad day', () => {
  it('deletion protection', async () => {
    expect(linesOf(await deletionProtection.run(deployed(withTable({}))))).toEqual([
      'pass: 5 tables cannot be deleted by mistake',
    ]);
    const open = await deletionProtection.run(deployed(withTable({ DeletionProtectionEnabled: false })));
    expect(linesOf(open)).toEqual(['warn: AutomationExecutionTrackerTable can be deleted']);
  });

  it('point-in-time recovery', async () => {
    const status = (text: string) => ({
      DescribeContinuousBackups: () => ({
        ContinuousBackupsDescription: {
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: text },
        },
      }),
    });
    expect(await pointInTimeRecovery.run(deployed(status('ENABLED')))).toMatchObject([{ verdict: 'pass' }]);
    const off = await pointInTimeRecovery.run(deployed(status('DISABLED')));
    expect(off).toHaveLength(5);
    expect(off[0]).toMatchObject({ verdict: 'warn' });
  });

  it('is nothing to a laptop', async () => {
    const laptop = deployed({}, { isLaptop: true });
    expect(await deletionProtection.run(laptop)).toMatchObject([{ verdict: 'skip' }]);
    expect(await pointInTimeRecovery.run(laptop)).toMatchObject([{ verdict: 'skip' }]);
  });
});
