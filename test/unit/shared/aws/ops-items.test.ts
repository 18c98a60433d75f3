import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpsItems } from '../../../../shared/aws/ops-items.ts';
import type { NewOpsItem } from '../../../../shared/ports.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { ACCOUNT, GROUP_ARN, REGION, RUNBOOK } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const ID = 'oi-0123456789ab';
const NEW: NewOpsItem = {
  ...PLACE,
  title: 'check: resource',
  description: 'what and why',
  priority: 2,
  severity: '2',
  category: 'Security',
  dedupString: 'remediator:"f"',
  resourceArn: GROUP_ARN,
  runbook: RUNBOOK,
  data: { searchable: { findingId: 'f' }, plain: { decision: 'quote " backslash \\ newline \n {{ }}' } },
};

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
});
afterAll(() => aws[Symbol.asyncDispose]());
beforeEach(() => {
  aws.requests.length = 0;
  accounts.length = 0;
});

const OURS = '123456789012';

/** In which accounts was called, in order. */
const accounts: string[] = [];

/** @param accountId our own account; people are told in the place itself */
function create(accountId = ACCOUNT) {
  return createOpsItems({
    ssm: ({ account, region }) => {
      accounts.push(account);
      return new SSMClient({
        region,
        endpoint: aws.url,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
      });
    },
    toldIn: async (place) => place,
    accountId,
  });
}

/** Answers as an OpsCenter that has the OpsItem in one account does. */
function onlyIn(account: string, answer: Readonly<Record<string, unknown>>): void {
  aws.answer = ({ operation }) => {
    if (accounts.at(-1) === account) return answer;
    return operation === 'DescribeOpsItems' ? {} : new AwsFault('OpsItemNotFoundException');
  };
}

describe('an OpsItem that was opened in our own account, while there was no role for us in the other', () => {
  it('stays there, and is found', async () => {
    const opsItems = create(OURS);
    onlyIn(OURS, {});
    expect(await opsItems.update(ID, { ...PLACE, data: {} })).toBe(true);
    onlyIn(OURS, { OpsItem: { OperationalData: { findingId: { Value: 'f' } } } });
    expect(await opsItems.read(ID, PLACE)).toEqual({ findingId: 'f' });
    onlyIn(OURS, { OpsItemSummaries: [{ OpsItemId: ID }] });
    expect(await opsItems.findOpen('f', PLACE)).toBe(ID);
    expect(accounts).toEqual(Array(3).fill([ACCOUNT, OURS]).flat());
  });

  it('is not asked for where one is in the other account', async () => {
    const opsItems = create(OURS);
    onlyIn(ACCOUNT, { OpsItemSummaries: [{ OpsItemId: ID }] });
    expect(await opsItems.update(ID, { ...PLACE, data: {} })).toBe(true);
    expect(await opsItems.read(ID, PLACE)).toEqual({});
    expect(await opsItems.findOpen('f', PLACE)).toBe(ID);
    expect(accounts).toEqual([ACCOUNT, ACCOUNT, ACCOUNT]);
  });

  it('an error of the one account is never "look in the other"', async () => {
    aws.answer = () => new AwsFault('ThrottlingException');
    await expect(create(OURS).update(ID, { ...PLACE, data: {} })).rejects.toThrow();
    expect(aws.requests).toHaveLength(1);
  });
});

describe('create', () => {
  it('sends what OpsCenter and its consoles understand', async () => {
    aws.answer = () => ({ OpsItemId: ID });
    expect(await create().create(NEW)).toEqual({ id: ID, isNew: true });
    expect(aws.requests).toEqual([
      {
        operation: 'CreateOpsItem',
        body: {
          Title: 'check: resource',
          Description: 'what and why',
          Source: 'remediator',
          Priority: 2,
          Severity: '2',
          Category: 'Security',
          OperationalData: {
            '/aws/dedup': { Type: 'SearchableString', Value: '{"dedupString":"remediator:\\"f\\""}' },
            '/aws/resources': { Type: 'SearchableString', Value: JSON.stringify([{ arn: GROUP_ARN }]) },
            '/aws/automations': {
              Type: 'SearchableString',
              Value: JSON.stringify([{ automationId: RUNBOOK, automationType: 'AWS::SSM::Automation' }]),
            },
            findingId: { Type: 'SearchableString', Value: 'f' },
            decision: { Type: 'String', Value: 'quote " backslash \\ newline \n {{ }}' },
          },
        },
      },
    ]);
  });

  it('without ARN and runbook it offers none', async () => {
    aws.answer = () => ({ OpsItemId: ID });
    await create().create({ ...NEW, resourceArn: undefined, runbook: undefined });
    const data = aws.requests[0]?.body.OperationalData;
    expect(Object.keys(data ?? {})).toEqual(['/aws/dedup', 'findingId', 'decision']);
  });

  it('one that is open already is that one', async () => {
    aws.answer = () => new AwsFault('OpsItemAlreadyExistsException', { OpsItemId: ID });
    expect(await create().create(NEW)).toEqual({ id: ID, isNew: false });
  });

  it.each(['OpsItemLimitExceededException', 'OpsItemInvalidParameterException', 'ThrottlingException'])(
    '%s is thrown: a finding without an OpsItem is not done',
    async (code) => {
      aws.answer = () => new AwsFault(code);
      await expect(create().create(NEW)).rejects.toMatchObject({ name: code });
    },
  );

  it('"exists" without an ID, and an answer without one, are thrown', async () => {
    aws.answer = () => new AwsFault('OpsItemAlreadyExistsException');
    await expect(create().create(NEW)).rejects.toThrow();
    aws.answer = () => ({});
    await expect(create().create(NEW)).rejects.toMatchObject({ code: 'AWS_CALL_FAILED' });
  });

  it('no value is larger than OpsCenter takes, or holds half a character', async () => {
    aws.answer = () => ({ OpsItemId: ID });
    await create().create({
      ...NEW,
      data: { searchable: { resource: 'ü'.repeat(30_000) }, plain: { detail: '\ud800' } },
    });
    const data = aws.requests[0]?.body.OperationalData as Record<string, { Value: string }>;
    for (const { Value } of Object.values(data)) {
      expect(Buffer.byteLength(Value)).toBeLessThanOrEqual(20_480);
      expect(Value.isWellFormed()).toBe(true);
    }
  });
});

describe('update', () => {
  it('sends data, and a status only where there is one', async () => {
    aws.answer = () => ({});
    const opsItems = create();
    expect(await opsItems.update(ID, { ...PLACE, data: { plain: { a: 'b' } } })).toBe(true);
    expect(await opsItems.update(ID, { ...PLACE, status: 'Resolved', data: {} })).toBe(true);
    expect(aws.requests.map(({ body }) => body)).toEqual([
      { OpsItemId: ID, OperationalData: { a: { Type: 'String', Value: 'b' } } },
      { OpsItemId: ID, OperationalData: {}, Status: 'Resolved' },
    ]);
  });

  it('one that is gone is false; an error is thrown', async () => {
    aws.answer = () => new AwsFault('OpsItemNotFoundException');
    expect(await create().update(ID, { ...PLACE, data: {} })).toBe(false);
    aws.answer = () => new AwsFault('OpsItemConflictException');
    await expect(create().update(ID, { ...PLACE, data: {} })).rejects.toMatchObject({
      name: 'OpsItemConflictException',
    });
  });
});

describe('findOpen', () => {
  it('asks by the finding, for those that are not resolved', async () => {
    aws.answer = () => ({ OpsItemSummaries: [{ OpsItemId: ID }] });
    expect(await create().findOpen('f', PLACE)).toBe(ID);
    expect(aws.requests[0]).toEqual({
      operation: 'DescribeOpsItems',
      body: {
        OpsItemFilters: [
          { Key: 'OperationalData', Values: ['{"key":"findingId","value":"f"}'], Operator: 'Equal' },
          { Key: 'Status', Values: ['Open', 'InProgress'], Operator: 'Equal' },
        ],
      },
    });
  });

  it('there is none; an empty page is not the end', async () => {
    aws.answer = () => ({ OpsItemSummaries: [] });
    expect(await create().findOpen('f', PLACE)).toBeUndefined();
    aws.answer = ({ body }) =>
      body.NextToken ? { OpsItemSummaries: [{ OpsItemId: ID }] } : { NextToken: 'more' };
    expect(await create().findOpen('f', PLACE)).toBe(ID);
  });
});

describe('read', () => {
  it('gives the values by key', async () => {
    aws.answer = () => ({
      OpsItem: { OperationalData: { findingId: { Value: 'f', Type: 'SearchableString' }, x: {} } },
    });
    expect(await create().read(ID, PLACE)).toEqual({ findingId: 'f', x: '' });
  });

  it('one that is gone is undefined; an error is thrown', async () => {
    aws.answer = () => new AwsFault('OpsItemNotFoundException');
    expect(await create().read(ID, PLACE)).toBeUndefined();
    aws.answer = () => new AwsFault('ThrottlingException');
    await expect(create().read(ID, PLACE)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('changed', () => {
  it('gives the status and who changed it last', async () => {
    aws.answer = () => ({ OpsItem: { Status: 'Resolved', LastModifiedBy: 'arn:of:a-person' } });
    expect(await create().changed(ID, PLACE)).toEqual({ status: 'Resolved', by: 'arn:of:a-person' });
  });

  it('of one that is gone is undefined', async () => {
    aws.answer = () => new AwsFault('OpsItemNotFoundException');
    expect(await create().changed(ID, PLACE)).toBeUndefined();
  });
});
