import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status, TrackedFinding } from '../../../shared/domain/finding.ts';
import { type Answer, AwsFault, type FakeAws, startFakeAws } from '../../helpers/fakes-aws-json.ts';
import { aContext, stubFunctionEnvironment } from '../../helpers/fakes-lambda.ts';
import { aTrackedFinding } from '../../helpers/findings.ts';

type Handler = typeof import('../../../functions/results-handler.ts')['handler'];

/** As stubFunctionEnvironment has it. */
const OWN_ACCOUNT = '123456789012';

let aws: FakeAws;
let handler: Handler;
beforeAll(async () => {
  aws = await startFakeAws();
  stubFunctionEnvironment(aws.url);
  ({ handler } = await import('../../../functions/results-handler.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws[Symbol.asyncDispose]();
});

/** No mappings, every claim succeeds, OpsItems are numbered. */
const working: Answer = ({ operation }) => {
  if (operation === 'BatchGetItem') return { Responses: {} };
  if (operation === 'CreateOpsItem')
    return { OpsItemId: `oi-${String(aws.requests.length).padStart(12, '0')}` };
  if (operation === 'UpdateItem') return { Attributes: { state: { S: 'Escalated' } } };
  if (operation === 'Query') return { Items: [] };
  return {};
};

beforeEach(() => {
  aws.requests.length = 0;
  aws.answer = working;
});

function imageOf({
  status,
  observedAt,
  ...finding
}: TrackedFinding): NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] {
  // The same shape by another package's types.
  return marshall({
    ...finding,
    resourceStatus: status,
    lastUpdatedEpochMs: observedAt.getTime(),
  }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];
}

/** The stream's record of a finding with a resource and a check of its own. */
function aRecord(
  number: number,
  { name = String(number), status = 'Red' as Status, account = OWN_ACCOUNT } = {},
): DynamoDBRecord {
  const finding = aTrackedFinding({ resource: `sg-${name}`, checkName: `check ${name}`, status, account });
  return {
    eventID: `event-${number}`,
    eventName: 'MODIFY',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      SequenceNumber: String(number),
      Keys: { findingId: { S: finding.findingId } },
      NewImage: imageOf(finding) ?? {},
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

function poison(record: DynamoDBRecord): DynamoDBRecord {
  return { ...record, dynamodb: { ...record.dynamodb, NewImage: { resourceStatus: { S: 'Red' } } } };
}

async function handle(Records: DynamoDBRecord[]): Promise<string[]> {
  const event: DynamoDBStreamEvent = { Records };
  const response = await handler(event, aContext());
  return response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const titles = () =>
  aws.requests.filter(({ operation }) => operation === 'CreateOpsItem').map(({ body }) => String(body.Title));

const ten = () => Array.from({ length: 10 }, (_, index) => aRecord(index + 1));

describe('results-handler', () => {
  it('a return inside the record loop: ten records are ten OpsItems', async () => {
    expect(await handle(ten())).toEqual([]);
    expect(new Set(titles()).size).toBe(10);
  });

  it('one poison record among ten leaves nine done, and fails alone', async () => {
    const records = ten();
    expect(await handle(records.map((record, index) => (index === 3 ? poison(record) : record)))).toEqual([
      '4',
    ]);
    expect(titles()).toHaveLength(9);
  });

  it('a record without an image is poison too, not a crash', async () => {
    const { NewImage: _, ...withoutImage } = aRecord(1).dynamodb ?? {};
    expect(await handle([{ ...aRecord(1), dynamodb: withoutImage }, aRecord(2)])).toEqual(['1']);
    expect(titles()).toHaveLength(1);
  });

  it('where all fail, all are reported: the batch is not thrown', async () => {
    expect(await handle(ten().map(poison))).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(aws.requests).toEqual([]);
  });

  it('a read that fails for one finding is never decided on, and holds up nobody else', async () => {
    aws.answer = (request) =>
      request.operation === 'BatchGetItem' && JSON.stringify(request.body).includes('"check 4"')
        ? new AwsFault('AccessDeniedException')
        : working(request);
    expect(await handle(ten())).toEqual(['4']);
    expect(titles()).toHaveLength(9);
    expect(titles().join()).not.toContain('check 4:');
  });

  it('a Green does not overtake the Red of its finding that is retried', async () => {
    const red = aRecord(1, { name: 'same' });
    const green = aRecord(2, { name: 'same', status: 'Green' });
    expect(await handle([poison(red), green, aRecord(3)])).toEqual(['1', '2']);
    expect(aws.requests.filter(({ operation }) => operation === 'Query')).toEqual([]);
    expect(await handle([red, green])).toEqual([]);
    expect(aws.requests.at(-1)?.operation).toBe('Query');
  });

  it('a finding of an account where there is no role for us is told in our own, out of its budget', async () => {
    expect(await handle([aRecord(1, { account: '999999999999' })])).toEqual([]);
    expect(titles()).toHaveLength(1);
    expect(aws.requests.filter(({ operation }) => operation.includes('Role'))).toEqual([]);
    const counted = aws.requests.flatMap(({ operation, body }) =>
      operation === 'UpdateItem' && body.TableName === 'RemediationGuardTable' ? [body.Key] : [],
    );
    expect(counted).toEqual([
      { guardId: { S: expect.stringMatching(/^ops-items#123456789012#\d{4}-\d\d$/) } },
    ]);
  });

  it('an empty batch is nothing to do', async () => {
    expect(await handle([])).toEqual([]);
  });
});
