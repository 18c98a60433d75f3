import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMappingStore } from '../../../shared/aws/mapping-store.ts';
import type { MappingStore } from '../../../shared/ports.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { FakeClock, MINUTE } from '../../helpers/fakes.ts';
import { FakeMappingStore } from '../../helpers/fakes-stores.ts';

const ROW = {
  checkName: 'check',
  ssmAutomationDocument: 'AWS-X',
  automationParameters: '{"A": ["$resourceId"]}',
  regexPattern: '(sg-\\w+)',
  automationStatus: true,
};

interface Subject {
  readonly store: MappingStore;
  readonly put: (row: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly remove: (checkName: string) => Promise<unknown>;
}

const clock = new FakeClock();
let tables: TestTables;
beforeAll(async () => {
  if (!dynoxideMissing) tables = await startTables();
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});

function createReal(): Subject {
  const { client, automationMappingTable: tableName } = tables;
  return {
    store: createMappingStore({ client, tableName, clock }),
    put: (row) =>
      client.send(
        new PutItemCommand({ TableName: tableName, Item: marshall(row, { removeUndefinedValues: true }) }),
      ),
    remove: (checkName) =>
      client.send(new DeleteItemCommand({ TableName: tableName, Key: { checkName: { S: checkName } } })),
  };
}

function createFake(): Subject {
  const store = new FakeMappingStore();
  return {
    store,
    put: async (row) => store.put(row),
    remove: async (checkName) => store.rows.delete(checkName),
  };
}

const TARGETS = [
  { target: 'in memory', skip: undefined, create: createFake },
  {
    target: `dynoxide${dynoxideMissing ? ` (${dynoxideMissing})` : ''}`,
    skip: dynoxideMissing,
    create: createReal,
  },
];

describe.each(TARGETS)('MappingStore: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);
  let subject: Subject;
  beforeEach(async () => {
    if (skip) return;
    subject = create();
    for (const name of ['*', 'check', 'check ', 'title', 'EC2.19', 'standard/EC2.19'])
      await subject.remove(name);
  });

  test('no row is undefined, whatever the row * says', async () => {
    expect(await subject.store.find('check')).toBeUndefined();
    await subject.put({ checkName: '*', automationStatus: true });
    expect(await subject.store.find('check')).toBeUndefined();
  });

  test("the use case's row", async () => {
    await subject.put(ROW);
    const { automationStatus: _, ...rest } = ROW;
    expect(await subject.store.find('check')).toMatchObject({
      ...rest,
      executionMode: 'automatic',
      paused: false,
      requiredTags: [],
    });
  });

  test('the row * narrows every mapping', async () => {
    await subject.put(ROW);
    await subject.put({ checkName: '*', automationStatus: false, requiredTags: ['a=b'] });
    expect(await subject.store.find('check')).toMatchObject({
      executionMode: 'notify',
      requiredTags: ['a=b'],
    });
  });

  test('the row * that is off pauses every mapping', async () => {
    await subject.put({ ...ROW, executionMode: 'automatic' });
    await subject.put({ checkName: '*', executionMode: 'off' });
    expect(await subject.store.find('check')).toMatchObject({ executionMode: 'off', paused: true });
  });

  test('everything that a row may say survives', async () => {
    const said = {
      exemptTags: ['keep'],
      accounts: { include: ['012345678901'], exclude: ['123456789012'] },
      regions: { exclude: ['us-east-1'] },
      resourcePattern: { include: 'sg-' },
      maxConcurrent: 5,
      maxPerHour: 7,
      maxErrors: '10%',
      stopAfter: { findings: 10, withinMinutes: 60 },
      failureBreaker: { failures: 3, withinMinutes: 60, trialAfterMinutes: 30 },
      changeCalendars: ['freeze'],
      windows: [{ hours: '* 22-23 * * MON-FRI', timeZone: 'Europe/Zurich' }],
      loop: { times: 2, withinHours: 12 },
      opsItem: { severity: '1', priority: 1, data: { team: 'web' }, per: 'check' },
    };
    await subject.put({ ...ROW, ...said });
    const { accounts, regions, resourcePattern, ...plain } = said;
    expect(await subject.store.find('check')).toMatchObject({
      ...plain,
      scopes: [{ accounts, regions, resourcePattern }],
    });
  });

  test('a name that ends in a space is found by the name without it', async () => {
    await subject.put({ ...ROW, checkName: 'check ' });
    expect(await subject.store.find('check')).toMatchObject({ ssmAutomationDocument: 'AWS-X' });
  });

  test('an unknown attribute, in the row or in the row *, is an error and no mapping', async () => {
    await subject.put({ ...ROW, automationstatus: false });
    expect(await subject.store.find('check')).toMatchObject({ code: 'MAPPING_ATTRIBUTE_UNKNOWN' });
    await subject.put(ROW);
    await subject.put({ checkName: '*', suspended: true });
    expect(await subject.store.find('check')).toMatchObject({ code: 'MAPPING_ATTRIBUTE_UNKNOWN' });
  });

  test('a broken row is an error and no mapping', async () => {
    await subject.put({ ...ROW, automationStatus: 'true' });
    expect(await subject.store.find('check')).toMatchObject({ code: 'MAPPING_INVALID' });
  });

  test('a check that is called * is no way to a mapping', async () => {
    expect(await subject.store.find('*')).toBeUndefined();
    await subject.put({ checkName: '*', automationStatus: true });
    expect(await subject.store.find('*')).toBeUndefined();
    const aliased = { checkName: 'check', checkAliases: ['*'] };
    expect(await subject.store.find(aliased)).toBeUndefined();
  });

  test('of rows under several of a check’s names the most exact counts', async () => {
    const check = { checkName: 'title', checkId: 'EC2.19', checkAliases: ['standard/EC2.19'] };
    for (const checkName of ['title', 'EC2.19', 'standard/EC2.19']) {
      await subject.put({ ...ROW, checkName });
      clock.advance(MINUTE);
      expect(await subject.store.find(check)).toMatchObject({ checkName });
    }
  });

  test('what was missing or broken is read anew at once: a person is mending it', async () => {
    await subject.store.find('check');
    await subject.put({ ...ROW, nonsense: 1 });
    expect(await subject.store.find('check')).toMatchObject({ code: 'MAPPING_ATTRIBUTE_UNKNOWN' });
    await subject.put(ROW);
    expect(await subject.store.find('check')).toMatchObject({ executionMode: 'automatic' });
  });

  test('a change is seen after a minute at the latest', async () => {
    await subject.put(ROW);
    await subject.store.find('check');
    await subject.put({ ...ROW, automationStatus: false });
    clock.advance(60_000);
    expect(await subject.store.find('check')).toMatchObject({ executionMode: 'notify' });
    await subject.remove('check');
    clock.advance(60_000);
    expect(await subject.store.find('check')).toBeUndefined();
  });
});

describe.skipIf(dynoxideMissing)('AutomationMappingTable', () => {
  it('tags may be a list or a string set, as people write them', async () => {
    const { store, put } = createReal();
    await put({ ...ROW, requiredTags: new Set(['b', 'a=1']) });
    expect(await store.find('check')).toMatchObject({ requiredTags: ['a=1', 'b'] });
    clock.advance(60_000);
    await put({ ...ROW, requiredTags: ['b', 'a=1'] });
    expect(await store.find('check')).toMatchObject({ requiredTags: ['b', 'a=1'] });
  });

  it('so may lists within lists', async () => {
    const { store, put } = createReal();
    clock.advance(60_000);
    await put({ ...ROW, accounts: { include: new Set(['123456789012', '012345678901']) } });
    expect(await store.find('check')).toMatchObject({
      scopes: [{ accounts: { include: ['012345678901', '123456789012'] } }],
    });
  });

  it('a found mapping is kept for some seconds: a storm of findings reads it once', async () => {
    const { store, put } = createReal();
    await put(ROW);
    clock.advance(60_000);
    await store.find('check');
    await put({ ...ROW, automationStatus: false });
    clock.advance(1000);
    expect(await store.find('check')).toMatchObject({ executionMode: 'automatic' });
  });
});
