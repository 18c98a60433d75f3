import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsFault, type FakeAws, startFakeAws } from '../../helpers/fakes-aws-json.ts';
import { aContext, stubFunctionEnvironment } from '../../helpers/fakes-lambda.ts';
import { sampleEvent } from '../../helpers/records.ts';
import { withFinding } from '../../helpers/source-events.ts';

type Handler = (event: unknown, context: ReturnType<typeof aContext>) => Promise<unknown>;

let aws: FakeAws;
let checkTracker: Handler;
beforeAll(async () => {
  aws = await startFakeAws();
  stubFunctionEnvironment(aws.url);
  vi.stubEnv('APPROVAL_ACTIONS', 'Remediate,aws');
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

const values = () =>
  aws.requests.map(({ body }) => body.ExpressionAttributeValues as Record<string, { S?: string }>);

describe('check-tracker', () => {
  it.each([
    'securityhub-imported-control',
    'securityhub-v2-compliance',
    'inspector-network',
    'macie-policy',
    'access-analyzer-external',
    'remediator-finding',
  ])('tracks %s', async (name) => {
    await checkTracker(sampleEvent(name), aContext());
    expect(values()).toMatchObject([{ ':source': { S: sampleEvent(name).source } }]);
  });

  it('tracks every finding of an event before it throws what could not be read', async () => {
    const event = withFinding('securityhub-imported-control', { Id: 'a' }, { AwsAccountId: '' }, { Id: 'b' });
    await expect(checkTracker(event, aContext())).rejects.toMatchObject({ code: 'EVENT_INCOMPLETE' });
    expect(values().map((each) => each[':sourceFindingId']?.S)).toEqual(['a', 'b']);
  });

  it('keeps a click of an action that approves, also where the finding is known already', async () => {
    aws.answer = ({ body }) => {
      if (String(body.UpdateExpression).startsWith('SET #approval')) return {};
      return new AwsFault('ConditionalCheckFailedException');
    };
    const failed = { Compliance: { Status: 'FAILED' } };
    await checkTracker(withFinding('securityhub-custom-action-cloudtrail', failed), aContext());
    const approval = {
      M: { by: { S: expect.stringContaining('custom/aws') }, at: { S: '2019-07-11T17:35:56.000Z' } },
    };
    expect(values()).toMatchObject([{ ':approval': approval }, { ':approval': approval }]);
  });
});
