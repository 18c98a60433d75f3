import { type ConfigServiceClient, StartConfigRulesEvaluationCommand } from '@aws-sdk/client-config-service';
import {
  DescribeTrustedAdvisorChecksCommand,
  RefreshTrustedAdvisorCheckCommand,
  type SupportClient,
} from '@aws-sdk/client-support';
import type { TrackedFinding } from '../domain/finding.ts';
import type { Log, Recheck } from '../ports.ts';
import type { ForPlace } from './clients.ts';

interface Options {
  readonly config: ForPlace<ConfigServiceClient>;
  readonly support: ForPlace<SupportClient>;
  readonly log: Log;
}

/** Trusted Advisor's API is in this region only. */
const SUPPORT_REGION = 'us-east-1';

/**
 * Asks a source to look again. Where it cannot or will not (no support plan, evaluated a moment ago, no permission), the
 * next result comes when the source says; so a refusal is told, and nothing more.
 */
export function createRecheck({ config, support, log }: Options): Recheck {
  return {
    async ask(finding) {
      try {
        if (finding.source === 'aws.config') return await evaluate(config(finding), finding);
        if (finding.source === 'aws.trustedadvisor')
          return await refresh(support({ account: finding.account, region: SUPPORT_REGION }), finding);
        return false;
      } catch (error) {
        log.warn('The source would not look again', {
          findingId: finding.findingId,
          source: finding.source,
          error,
        });
        return false;
      }
    },
  };
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html */
async function evaluate(client: ConfigServiceClient, { checkName }: TrackedFinding): Promise<boolean> {
  await client.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: [checkName] }));
  return true;
}

/** https://docs.aws.amazon.com/awssupport/latest/APIReference/API_RefreshTrustedAdvisorCheck.html */
async function refresh(client: SupportClient, { checkName }: TrackedFinding): Promise<boolean> {
  const { checks = [] } = await client.send(new DescribeTrustedAdvisorChecksCommand({ language: 'en' }));
  const check = checks.find(({ name }) => name?.trim() === checkName.trim());
  if (check?.id === undefined) return false;
  await client.send(new RefreshTrustedAdvisorCheckCommand({ checkId: check.id }));
  return true;
}
