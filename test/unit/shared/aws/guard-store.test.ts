import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuardStore } from '../../../../shared/aws/guard-store.ts';
import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import { FakeClock } from '../../../helpers/fakes.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

// What it does on DynamoDB itself: test/contract/stores/guard-store.test.ts.

const PLACE = { account: ACCOUNT, region: REGION };

let aws: FakeAws;
let client: DynamoDBClient;
beforeAll(async () => {
  aws = await startFakeAws();
  client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: aws.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await aws[Symbol.asyncDispose]();
});
beforeEach(() => {
  aws.requests.length = 0;
});

const create = () =>
  createGuardStore({
    client,
    tableName: 'guards',
    clock: new FakeClock(),
    opsItemBudget: 1,
    toldIn: async (place) => place,
  });

describe('guard store', () => {
  it('reads counters and place at once, and the newest', async () => {
    aws.answer = () => ({ Responses: {} });
    await create().read('check', PLACE);
    expect(aws.requests).toEqual([
      {
        operation: 'BatchGetItem',
        body: {
          RequestItems: {
            guards: {
              Keys: [{ guardId: { S: 'check#check' } }, { guardId: { S: `place#${ACCOUNT}#${REGION}` } }],
              ConsistentRead: true,
            },
          },
        },
      },
    ]);
  });

  it('what DynamoDB did not get round to read is an error, never "no limit"', async () => {
    aws.answer = ({ body }) => ({ Responses: { guards: [] }, UnprocessedKeys: body.RequestItems });
    await expect(create().read('check', PLACE)).rejects.toMatchObject({
      code: 'AWS_CALL_FAILED',
      retryable: true,
    });
  });

  it.each(['AccessDeniedException', 'ProvisionedThroughputExceededException'])(
    '%s is thrown by every call: never a yes, never a no',
    async (code) => {
      aws.answer = () => new AwsFault(code);
      const store = create();
      const name = { name: code };
      await expect(store.read('check', PLACE)).rejects.toMatchObject(name);
      await expect(store.write('check', NO_GUARD)).rejects.toMatchObject(name);
      await expect(store.throttle(PLACE, new Date(0))).rejects.toMatchObject(name);
      await expect(store.takeOpsItem(PLACE)).rejects.toMatchObject(name);
    },
  );
});
