import {
  type ConfigServiceClient,
  DescribeConfigRuleEvaluationStatusCommand,
  StartConfigRulesEvaluationCommand,
} from '@aws-sdk/client-config-service';
import {
  DescribeTrustedAdvisorChecksCommand,
  RefreshTrustedAdvisorCheckCommand,
  type SupportClient,
} from '@aws-sdk/client-support';
import { RemediatorError } from '../domain/errors.ts';
import { CONFIG_RULE, type TrackedFinding } from '../domain/finding.ts';
import type { Log, Recheck, RecheckAnswer } from '../ports.ts';
import type { ForPlace } from './clients.ts';
import { isAwsError } from './errors.ts';

interface Options {
  readonly config: ForPlace<ConfigServiceClient>;
  readonly support: ForPlace<SupportClient>;
  readonly log: Log;
}

/** Trusted Advisor's API is in this region only. */
const SUPPORT_REGION = 'us-east-1';

/** What passes: one evaluation at a time and one a minute, a rule that is being changed. */
const BUSY = ['LimitExceededException', 'ResourceInUseException', 'ThrottlingException'];

/** What no retry mends: no support plan, no permission, no such rule, a check that AWS alone refreshes. */
const REFUSALS = [
  'SubscriptionRequiredException',
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'NoSuchConfigRuleException',
  'InvalidParameterValueException',
  'InvalidParameterValue',
];

/**
 * AWS Config and Trusted Advisor can be asked, and of Security Hub what it checks by a rule of AWS Config; other sources
 * look again by themselves.
 */
export function createRecheck({ config, support, log }: Options): Recheck {
  const ask = async (finding: TrackedFinding, since: Date): Promise<RecheckAnswer> => {
    const rule = ruleBehind(finding);
    if (rule) return evaluate(config(finding), rule, since);
    if (finding.source === 'aws.trustedadvisor')
      return refresh(support({ account: finding.account, region: SUPPORT_REGION }), finding);
    return 'cannot be asked';
  };
  return {
    async ask(finding, since) {
      try {
        return await ask(finding, since);
      } catch (error) {
        const { findingId, source, checkName } = finding;
        if (isAwsError(error, ...BUSY))
          throw new RemediatorError(
            'SOURCE_BUSY',
            `${source} does not look at ${checkName} again yet: ${error.name}: ${error.message}`,
            { cause: error },
          );
        if (!isAwsError(error, ...REFUSALS)) throw error;
        log.warn('The source will not look again when asked', { findingId, source, checkName, error });
        return 'refused';
      }
    },
  };
}

/** The rule of AWS Config that found it. */
function ruleBehind({ source, checkName, detail }: TrackedFinding): string | undefined {
  if (source === 'aws.config') return checkName;
  return source === 'aws.securityhub' ? (detail[CONFIG_RULE] ?? undefined) : undefined;
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html */
async function evaluate(client: ConfigServiceClient, rule: string, since: Date): Promise<RecheckAnswer> {
  try {
    await client.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: [rule] }));
    return 'asked';
  } catch (error) {
    // One evaluation of a rule looks at all its resources: what was asked for one finding is done for the others.
    if (isAwsError(error, 'LimitExceededException') && (await wasInvoked(client, rule, since)))
      return 'asked already';
    throw error;
  }
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigRuleEvaluationStatus.html */
async function wasInvoked(client: ConfigServiceClient, rule: string, since: Date): Promise<boolean> {
  const { ConfigRulesEvaluationStatus: [status] = [] } = await client.send(
    new DescribeConfigRuleEvaluationStatusCommand({ ConfigRuleNames: [rule] }),
  );
  const at = status?.LastSuccessfulInvocationTime;
  return at !== undefined && at >= since;
}

/** https://docs.aws.amazon.com/awssupport/latest/APIReference/API_RefreshTrustedAdvisorCheck.html */
async function refresh(
  client: SupportClient,
  { checkId, checkName }: TrackedFinding,
): Promise<RecheckAnswer> {
  const id = checkId ?? (await idOf(client, checkName));
  if (id === undefined) return 'cannot be asked';
  await client.send(new RefreshTrustedAdvisorCheckCommand({ checkId: id }));
  return 'asked';
}

async function idOf(client: SupportClient, checkName: string): Promise<string | undefined> {
  const { checks = [] } = await client.send(new DescribeTrustedAdvisorChecksCommand({ language: 'en' }));
  return checks.find(({ name }) => name?.trim() === checkName.trim())?.id;
}
