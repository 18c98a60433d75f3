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

describe('asking a source to look again', () => {
  it("a Config rule is evaluated in the finding's place", async () => {
    const finding = aTrackedFinding({ source: 'aws.config', checkName: 'restricted-ssh' });
    expect(await create().ask(finding)).toBe(true);
    expect(aws.requests).toEqual([
      { operation: 'StartConfigRulesEvaluation', body: { ConfigRuleNames: ['restricted-ssh'] } },
    ]);
    expect(places).toMatchObject([{ account: ACCOUNT, region: REGION }]);
  });

  it("a Trusted Advisor check is refreshed by its ID, in the only region of its API, in the finding's account", async () => {
    aws.answer = ({ operation }) => (operation === 'DescribeTrustedAdvisorChecks' ? CHECKS : {});
    expect(await create().ask(aTrackedFinding())).toBe(true);
    expect(aws.requests).toEqual([
      { operation: 'DescribeTrustedAdvisorChecks', body: { language: 'en' } },
      { operation: 'RefreshTrustedAdvisorCheck', body: { checkId: 'HCP4007jGY' } },
    ]);
    expect(places).toEqual([{ account: ACCOUNT, region: 'us-east-1' }]);
  });

  it('a check that Trusted Advisor does not know cannot be asked', async () => {
    aws.answer = () => ({ checks: [] });
    expect(await create().ask(aTrackedFinding())).toBe(false);
    expect(aws.requests).toHaveLength(1);
  });

  it.each(['aws.guardduty', 'aws.cloudwatch', 'awsmock.trustedadvisor'])(
    '%s looks again by itself: nobody is asked',
    async (source) => {
      expect(await create().ask(aTrackedFinding({ source }))).toBe(false);
      expect(aws.requests).toEqual([]);
    },
  );

  it.each([
    ['aws.trustedadvisor', 'SubscriptionRequiredException'],
    ['aws.config', 'ResourceInUseException'],
    ['aws.config', 'LimitExceededException'],
    ['aws.config', 'NoSuchConfigRuleException'],
    ['aws.config', 'AccessDeniedException'],
  ])('%s that answers %s: told, and never in the way of the remediation', async (source, code) => {
    aws.answer = () => new AwsFault(code);
    const finding = aTrackedFinding({ source });
    expect(await create().ask(finding)).toBe(false);
    expect(log.lines).toMatchObject([
      { level: 'warn', extra: { findingId: finding.findingId, source, error: { name: code } } },
    ]);
  });
});
