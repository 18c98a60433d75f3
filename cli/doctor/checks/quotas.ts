import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import {
  ListServiceQuotasCommand,
  type ServiceQuota,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import {
  DescribeAutomationExecutionsCommand,
  GetServiceSettingCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { type Check, pass, type Result, skip, warn } from '../check.ts';
import { lambdaOf, quotasOf } from '../clients.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/adaptive-concurrency.html */
const SETTING = '/ssm/automation/enable-adaptive-concurrency';
const CONCURRENT = { plain: 100, adaptive: 500 };
/** What each function of the stack should be able to have at once, and some room. */
const LEAST_FREE = 50;

/** Whether more than 100 runbooks may run at once. */
export const adaptiveConcurrency: Check = {
  id: 'adaptive-concurrency',
  group: 'Quotas',
  title: 'adaptive concurrency of Automation',
  async run({ aws }) {
    if (await isAdaptive(await aws.ssm()))
      return [pass(`on: up to ${CONCURRENT.adaptive} runbooks at once, as far as AWS has room`)];
    return [
      warn(
        `off: at most ${CONCURRENT.plain} runbooks run at once, others wait`,
        `aws ssm update-service-setting --setting-id ${SETTING} --setting-value True`,
      ),
    ];
  },
};

async function isAdaptive(client: SSMClient): Promise<boolean> {
  const { ServiceSetting } = await client.send(new GetServiceSettingCommand({ SettingId: SETTING }));
  return ServiceSetting?.SettingValue?.toLowerCase() === 'true';
}

/** How many runbooks run now, whoever started them. */
export const automations: Check = {
  id: 'automations',
  group: 'Quotas',
  title: 'runbooks that run now',
  async run({ aws }) {
    const running = await countRunning(await aws.ssm());
    if (running < CONCURRENT.plain * 0.8) return [pass(`${running} run, of ${CONCURRENT.plain}`)];
    return [
      warn(
        `${running} run: from ${CONCURRENT.plain} on (${CONCURRENT.adaptive} with adaptive concurrency) others wait`,
        'limit checks with maxConcurrent, or switch on adaptive concurrency',
      ),
    ];
  },
};

async function countRunning(client: SSMClient): Promise<number> {
  let running = 0;
  let NextToken: string | undefined;
  do {
    const page: { AutomationExecutionMetadataList?: unknown[] | undefined; NextToken?: string | undefined } =
      await client.send(
        new DescribeAutomationExecutionsCommand({
          Filters: [{ Key: 'ExecutionStatus', Values: ['InProgress'] }],
          MaxResults: 50,
          NextToken,
        }),
      );
    running += page.AutomationExecutionMetadataList?.length ?? 0;
    NextToken = page.NextToken;
  } while (NextToken !== undefined && running < CONCURRENT.adaptive);
  return running;
}

/** How many functions may run at once. https://docs.aws.amazon.com/lambda/latest/api/API_AccountLimit.html */
export const lambdaConcurrency: Check = {
  id: 'lambda-concurrency',
  group: 'Quotas',
  title: "Lambda's concurrency",
  async run({ aws, isLaptop }) {
    if (isLaptop) return [skip('not available on this endpoint')];
    const client = await lambdaOf(aws);
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    const { ConcurrentExecutions, UnreservedConcurrentExecutions } = AccountLimit ?? {};
    if (UnreservedConcurrentExecutions === undefined) return [skip('not available on this endpoint')];
    const text = `${UnreservedConcurrentExecutions} of ${ConcurrentExecutions} are not reserved`;
    if (UnreservedConcurrentExecutions >= LEAST_FREE) return [pass(text)];
    return [
      warn(text, 'ask for a higher quota of concurrent executions, or reserve less for other functions'),
    ];
  },
};

/** What Service Quotas has of Automation. */
export const serviceQuotas: Check = {
  id: 'service-quotas',
  group: 'Quotas',
  title: 'quotas of Automation',
  async run({ aws, isLaptop }): Promise<readonly Result[]> {
    if (isLaptop) return [skip('not available on this endpoint')];
    const quotas = await listQuotas(await quotasOf(aws));
    const ours = quotas.filter(({ QuotaName = '' }) => /automation/i.test(QuotaName));
    if (ours.length === 0)
      return [skip('Service Quotas lists none; StartAutomationExecution takes 1 call a second')];
    return [pass(ours.map(({ QuotaName, Value }) => `${QuotaName} ${Value}`).join(', '))];
  },
};

async function listQuotas(client: ServiceQuotasClient): Promise<readonly ServiceQuota[]> {
  const quotas: ServiceQuota[] = [];
  let NextToken: string | undefined;
  do {
    const page: { Quotas?: ServiceQuota[] | undefined; NextToken?: string | undefined } = await client.send(
      new ListServiceQuotasCommand({ ServiceCode: 'ssm', NextToken }),
    );
    quotas.push(...(page.Quotas ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return quotas;
}
