import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { stateEventsOf } from '../../../shared/domain/state-event.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../helpers/fakes-aws-json.ts';
import { aContext, stubFunctionEnvironment } from '../../helpers/fakes-lambda.ts';
import { aRow, onTheBus } from '../../helpers/state-events.ts';

let aws: FakeAws;
let handler: typeof import('../../../functions/recheck.ts')['handler'];
beforeAll(async () => {
  aws = await startFakeAws();
  stubFunctionEnvironment(aws.url);
  ({ handler } = await import('../../../functions/recheck.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws[Symbol.asyncDispose]();
});
beforeEach(() => {
  aws.requests.length = 0;
});

const operations = () => aws.requests.map(({ operation }) => operation);
const [event] = stateEventsOf({
  before: aRow({ state: 'Running' }),
  after: aRow({ state: 'Verifying' }),
  writtenAt: new Date(0),
}).map(onTheBus);

const ITEM = {
  findingId: { S: 'f'.repeat(64) },
  source: { S: 'aws.config' },
  checkName: { S: 'restricted-ssh' },
  account: { S: '123456789012' },
  region: { S: 'us-east-2' },
  resource: { S: 'sg-0a1b2c3d4e5f67890' },
  resourceType: { S: 'unknown' },
  resourceStatus: { S: 'Red' },
  lastUpdatedTime: { S: '2024-05-13T04:00:00.000Z' },
  lastUpdatedEpochMs: { N: '1715572800000' },
  episode: { N: '2' },
  detail: { M: {} },
};

/** DynamoDB has the row; the source answers as it is told. */
function answers(answer: Record<string, unknown> | AwsFault, item: object = ITEM): void {
  aws.answer = ({ operation }) => (operation === 'GetItem' ? { Item: item } : answer);
}

it('is one read, and one call of the source', async () => {
  answers({});
  await handler(event, aContext());
  expect(operations()).toEqual(['GetItem', 'StartConfigRulesEvaluation']);
  expect(aws.requests.map(({ body }) => body)).toMatchObject([
    { TableName: 'CheckTrackerTable', ConsistentRead: true },
    { ConfigRuleNames: ['restricted-ssh'] },
  ]);
});

it('a finding that is Green by now is one read', async () => {
  answers({}, { ...ITEM, resourceStatus: { S: 'Green' } });
  await handler(event, aContext());
  expect(operations()).toEqual(['GetItem']);
});

it('what no retry mends ends there', async () => {
  answers(new AwsFault('NoSuchConfigRuleException'));
  await handler(event, aContext());
  expect(operations()).toEqual(['GetItem', 'StartConfigRulesEvaluation']);
});

it('what a retry mends is thrown with its code, so that Lambda tries again', async () => {
  answers(new AwsFault('ResourceInUseException'));
  await expect(handler(event, aContext())).rejects.toMatchObject({ code: 'SOURCE_BUSY' });
});

it('an event that cannot be read is thrown with its code', async () => {
  await expect(handler({}, aContext())).rejects.toMatchObject({ code: 'EVENT_INCOMPLETE' });
  expect(operations()).toEqual([]);
});
