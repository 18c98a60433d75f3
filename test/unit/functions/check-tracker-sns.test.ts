import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsFault, type FakeAws, startFakeAws } from '../../helpers/fakes-aws-json.ts';
import { aContext, stubFunctionEnvironment } from '../../helpers/fakes-lambda.ts';
import { sampleEvent } from '../../helpers/records.ts';

type Handler = (event: unknown, context: ReturnType<typeof aContext>) => Promise<unknown>;

let aws: FakeAws;
let checkTracker: Handler;
beforeAll(async () => {
  aws = await startFakeAws();
  stubFunctionEnvironment(aws.url);
  checkTracker = (await import('../../../functions/check-tracker.ts')).handler as Handler;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws[Symbol.asyncDispose]();
});
beforeEach(() => {
  aws.requests.length = 0;
  aws.answer = () => ({});
});

const [RECORD] = sampleEvent('sns-cloudwatch-alarm').Records as [{ Sns: { Message: string } }];

/** The sample's record for an alarm of another name. */
const recordOf = (AlarmName: string) => ({
  ...RECORD,
  Sns: { ...RECORD.Sns, Message: JSON.stringify({ ...JSON.parse(RECORD.Sns.Message), AlarmName }) },
});
const NO_ALARM = { ...RECORD, Sns: { ...RECORD.Sns, Message: 'Hello from SNS!' } };

/** Names of the checks that were tracked. */
const tracked = () =>
  aws.requests.map(
    ({ body }) =>
      (body.ExpressionAttributeValues as Record<string, { S: string }>)[':checkName']?.S ?? 'none',
  );

describe('check-tracker, called by SNS', () => {
  it('tracks an alarm as the finding that EventBridge would tell of', async () => {
    await checkTracker({ Records: [RECORD] }, aContext());
    expect(aws.requests.map(({ operation }) => operation)).toEqual(['UpdateItem']);
    expect(aws.requests[0]?.body.ExpressionAttributeValues).toMatchObject({
      ':source': { S: 'aws.cloudwatch' },
      ':resource': { S: 'arn:aws:ec2:ap-northeast-1:123456789012:instance/i-0123456789abcdef0' },
    });
  });

  it('tracks every record', async () => {
    await checkTracker({ Records: [recordOf('one'), recordOf('two')] }, aContext());
    expect(tracked().toSorted()).toEqual(['one', 'two']);
  });

  it('tries all before it throws what failed, so that the event is tried again and kept', async () => {
    const failure = checkTracker({ Records: [NO_ALARM, recordOf('one'), recordOf('two')] }, aContext());
    await expect(failure).rejects.toMatchObject({ code: 'EVENT_NOT_RECOGNISED' });
    expect(tracked().toSorted()).toEqual(['one', 'two']);
  });

  it('throws all that failed, with how many', async () => {
    aws.answer = ({ body }) =>
      JSON.stringify(body).includes('"two"') ? new AwsFault('AccessDeniedException') : {};
    const failure = checkTracker({ Records: [recordOf('one'), recordOf('two'), NO_ALARM] }, aContext());
    await expect(failure).rejects.toMatchObject({
      message: '2 of 3 findings failed',
      errors: [{ name: 'AccessDeniedException' }, { code: 'EVENT_NOT_RECOGNISED' }],
    });
    expect(tracked().toSorted()).toEqual(['one', 'two']);
  });
});
