import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createExceptionStore } from '../../../shared/aws/exception-store.ts';
import { exceptionFor, type RemediationException } from '../../../shared/domain/exception.ts';
import type { ExceptionStore } from '../../../shared/ports.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { FakeClock } from '../../helpers/fakes.ts';
import { FakeExceptionStore } from '../../helpers/fakes-stores.ts';
import { aFinding, CHECK_NAME, GROUP_ARN } from '../../helpers/findings.ts';

const clock = new FakeClock();
let tables: TestTables;
beforeAll(async () => {
  if (!dynoxideMissing) tables = await startTables();
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});

interface Subject {
  readonly store: ExceptionStore;
  readonly put: (row: RemediationException) => Promise<unknown>;
}

/** What was put, to be taken away again. */
let keys: Pick<RemediationException, 'resource' | 'checkName'>[] = [];

async function put(row: Readonly<Record<string, unknown>>): Promise<void> {
  const { resource, checkName } = row as unknown as RemediationException; // every row has its key
  keys.push({ resource, checkName });
  await tables.client.send(
    new PutItemCommand({ TableName: tables.remediationExceptionTable, Item: marshall(row) }),
  );
}

beforeEach(async () => {
  for (const key of keys)
    await tables.client.send(
      new DeleteItemCommand({ TableName: tables.remediationExceptionTable, Key: marshall(key) }),
    );
  keys = [];
});

const createReal = () =>
  createExceptionStore({ client: tables.client, tableName: tables.remediationExceptionTable, clock });

const TARGETS = [
  {
    target: 'in memory',
    skip: undefined,
    create(): Subject {
      const store = new FakeExceptionStore();
      return { store, put: async (row) => store.rows.push(row) };
    },
  },
  {
    target: `dynoxide${dynoxideMissing ? ` (${dynoxideMissing})` : ''}`,
    skip: dynoxideMissing,
    create: (): Subject => ({ store: createReal(), put: (row) => put({ ...row }) }),
  },
];

const EXCEPTION: RemediationException = {
  resource: GROUP_ARN,
  checkName: CHECK_NAME,
  owner: 'web team',
  reason: 'a public endpoint',
  expiresAt: 1_900_000_000,
};

describe.each(TARGETS)('ExceptionStore: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  test('there are none at first', async () => {
    expect(await create().store.list()).toEqual([]);
  });

  test('gives back what people wrote, what has ended too', async () => {
    const subject = create();
    const { expiresAt: _, ...endless } = { ...EXCEPTION, checkName: '*' };
    const ended = { ...EXCEPTION, resource: 'regex:sg-.*', expiresAt: 1 };
    for (const row of [EXCEPTION, endless, ended]) await subject.put(row);
    const listed = await subject.store.list();
    expect(listed).toHaveLength(3);
    expect(listed).toEqual(expect.arrayContaining([EXCEPTION, endless, ended]));
  });

  test('is seen within ten seconds', async () => {
    const subject = create();
    await subject.store.list();
    await subject.put(EXCEPTION);
    clock.advance(10_000);
    expect(await subject.store.list()).toEqual([EXCEPTION]);
  });
});

describe.skipIf(dynoxideMissing)('RemediationExceptionTable', () => {
  it('a storm of findings reads it once in ten seconds', async () => {
    const store = createReal();
    await store.list();
    await put({ ...EXCEPTION });
    clock.advance(9_999);
    expect(await store.list()).toEqual([]);
    clock.advance(1);
    expect(await store.list()).toHaveLength(1);
  });

  it('gives all of them, where they are more than one page of DynamoDB', async () => {
    for (let each = 0; each < 5; each += 1)
      await put({ ...EXCEPTION, resource: `${GROUP_ARN}${each}`, reason: 'x'.repeat(300_000) });
    expect(await createReal().list()).toHaveLength(5);
  });

  it.each([
    ['without owner, reason and end', { owner: undefined, reason: undefined, expiresAt: undefined }],
    ['with an owner that is a number and an end that is a date', { owner: 7, expiresAt: '2030-01-01' }],
    ['with attributes that nobody knows', { ticket: randomUUID(), expiresAt: undefined }],
  ])('a row written by hand, %s, is an exception all the same', async (_, changes) => {
    const row = Object.entries({ ...EXCEPTION, ...changes }).filter(([, value]) => value !== undefined);
    await put(Object.fromEntries(row));
    const [exception, ...others] = await createReal().list();
    expect(others).toEqual([]);
    expect(exception).toMatchObject({
      resource: GROUP_ARN,
      checkName: CHECK_NAME,
      owner: expect.any(String),
      reason: expect.any(String),
    });
    expect(exception?.expiresAt).toBeUndefined();
    expect(exceptionFor(exception ? [exception] : [], aFinding(), clock.now())).toBe(exception);
  });
});
