import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { SupportClient } from '@aws-sdk/client-support';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRecheck } from '../../../../shared/aws/recheck.ts';
import type { Place } from '../../../../shared/ports.ts';
import { FakeLog } from '../../../helpers/fakes.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { ACCOUNT, aTrackedFinding, CHECK_NAME, REGION } from '../../../helpers/findings.ts';

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
});
afterAll(() => aws[Symbol.asyncDispose]());

let log: FakeLog;
let places: Place[];
beforeEach(() => {
  log = new FakeLog();
  places = [];
  aws.requests.length = 0;
});

function create() {
  const settings = (place: Place) => {
    places.push(place);
    return {
      region: place.region,
      endpoint: aws.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
  };
  return createRecheck({
    config: (place) => new ConfigServiceClient(settings(place)),
    support: (place) => new SupportClient(settings(place)),
    log,
  });
}

const CHECKS = {
  checks: [
    { id: 'other', name: `${CHECK_NAME} too` },
    { id: 'HCP4007jGY', name: `${CHECK_NAME} ` },
  ],
};

const SINCE = new Date('2024-05-13T05:00:00Z');
const RULE = aTrackedFinding({ source: 'aws.config', checkName: 'restricted-ssh' });

describe('asking a source to look again', () => {
  it("a Config rule is evaluated in the finding's place", async () => {
    expect(await create().ask(RULE, SINCE)).toBe('asked');
    expect(aws.requests).toEqual([
      { operation: 'StartConfigRulesEvaluation', body: { ConfigRuleNames: ['restricted-ssh'] } },
    ]);
    expect(places).toMatchObject([{ account: ACCOUNT, region: REGION }]);
  });

  it('so is the rule behind a control of Security Hub; without one it cannot be asked', async () => {
    const ConfigRule = 'securityhub-restricted-ssh-a1b2c3d4';
    const control = { source: 'aws.securityhub', checkName: 'A control', checkId: 'EC2.13' };
    expect(await create().ask(aTrackedFinding({ ...control, detail: { ConfigRule } }), SINCE)).toBe('asked');
    expect(aws.requests).toEqual([
      { operation: 'StartConfigRulesEvaluation', body: { ConfigRuleNames: [ConfigRule] } },
    ]);
    for (const detail of [{}, { ConfigRule: null }])
      expect(await create().ask(aTrackedFinding({ ...control, detail }), SINCE)).toBe('cannot be asked');
    expect(aws.requests).toHaveLength(1);
  });

  it('a Trusted Advisor check whose ID is known is not looked up', async () => {
    expect(await create().ask(aTrackedFinding({ checkId: 'HCP4007jGY' }), SINCE)).toBe('asked');
    expect(aws.requests).toEqual([
      { operation: 'RefreshTrustedAdvisorCheck', body: { checkId: 'HCP4007jGY' } },
    ]);
  });

  it("a Trusted Advisor check is refreshed by its ID, in the only region of its API, in the finding's account", async () => {
    aws.answer = ({ operation }) => (operation === 'DescribeTrustedAdvisorChecks' ? CHECKS : {});
    expect(await create().ask(aTrackedFinding(), SINCE)).toBe('asked');
    expect(aws.requests).toEqual([
      { operation: 'DescribeTrustedAdvisorChecks', body: { language: 'en' } },
      { operation: 'RefreshTrustedAdvisorCheck', body: { checkId: 'HCP4007jGY' } },
    ]);
    expect(places).toEqual([{ account: ACCOUNT, region: 'us-east-1' }]);
  });

  it('a check that Trusted Advisor does not know cannot be asked', async () => {
    aws.answer = () => ({ checks: [] });
    expect(await create().ask(aTrackedFinding(), SINCE)).toBe('cannot be asked');
    expect(aws.requests).toHaveLength(1);
  });

  it.each(['aws.guardduty', 'aws.cloudwatch', 'awsmock.trustedadvisor', 'awsmock.securityhub'])(
    '%s looks again by itself: nobody is asked',
    async (source) => {
      expect(await create().ask(aTrackedFinding({ source }), SINCE)).toBe('cannot be asked');
      expect(aws.requests).toEqual([]);
    },
  );
});

describe('a source that will not look again', () => {
  it.each([
    ['aws.trustedadvisor', 'SubscriptionRequiredException'],
    ['aws.trustedadvisor', 'InvalidParameterValue'],
    ['aws.trustedadvisor', 'UnrecognizedClientException'],
    ['aws.config', 'NoSuchConfigRuleException'],
    ['aws.config', 'InvalidParameterValueException'],
    ['aws.config', 'AccessDeniedException'],
  ])('%s that answers %s: a warning, since no retry mends it', async (source, code) => {
    aws.answer = () => new AwsFault(code);
    const finding = aTrackedFinding({ source });
    expect(await create().ask(finding, SINCE)).toBe('refused');
    expect(log.lines).toMatchObject([
      { level: 'warn', extra: { findingId: finding.findingId, source, error: { name: code } } },
    ]);
  });

  it.each([
    ['aws.trustedadvisor', 'ThrottlingException'],
    ['aws.config', 'ThrottlingException'],
    ['aws.config', 'ResourceInUseException'],
    ['aws.config', 'LimitExceededException'],
  ])('%s that answers %s: thrown, to be asked later', async (source, code) => {
    aws.answer = ({ operation }) =>
      operation === 'DescribeConfigRuleEvaluationStatus' ? {} : new AwsFault(code);
    await expect(create().ask(aTrackedFinding({ source }), SINCE)).rejects.toMatchObject({
      code: 'SOURCE_BUSY',
      retryable: true,
      message: expect.stringContaining(code),
    });
    expect(log.lines).toEqual([]);
  });

  it('any other error is thrown as it is', async () => {
    aws.answer = () => new AwsFault('InternalServerError', { status: 500 });
    await expect(create().ask(RULE, SINCE)).rejects.toMatchObject({ name: 'InternalServerError' });
  });
});

describe('a Config rule that is evaluated once a minute', () => {
  const invokedAt = (time: string) => {
    aws.answer = ({ operation }) =>
      operation === 'StartConfigRulesEvaluation'
        ? new AwsFault('LimitExceededException')
        : { ConfigRulesEvaluationStatus: [{ LastSuccessfulInvocationTime: Date.parse(time) / 1000 }] };
  };

  it.each(['2024-05-13T05:00:00Z', '2024-05-13T05:00:30Z'])(
    'was evaluated at %s, after the success: that will do for this finding too',
    async (time) => {
      invokedAt(time);
      expect(await create().ask(RULE, SINCE)).toBe('asked already');
      expect(aws.requests.at(-1)).toEqual({
        operation: 'DescribeConfigRuleEvaluationStatus',
        body: { ConfigRuleNames: ['restricted-ssh'] },
      });
    },
  );

  it('was evaluated before the success: asked later', async () => {
    invokedAt('2024-05-13T04:59:59.999Z');
    await expect(create().ask(RULE, SINCE)).rejects.toMatchObject({ code: 'SOURCE_BUSY' });
  });
});
