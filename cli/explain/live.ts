import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createCalendars } from '../../shared/aws/calendars.ts';
import { createCheckStore } from '../../shared/aws/check-store.ts';
import { systemClock as clock } from '../../shared/aws/clock.ts';
import { createExceptionStore } from '../../shared/aws/exception-store.ts';
import { createExecutionStore } from '../../shared/aws/execution-store.ts';
import { createGuardStore } from '../../shared/aws/guard-store.ts';
import { createMappingStore } from '../../shared/aws/mapping-store.ts';
import { createRunbooks } from '../../shared/aws/runbooks.ts';
import { createTags } from '../../shared/aws/tags.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import type { ResourceTags } from '../../shared/domain/tag-rules.ts';
import { soundly } from '../aws/attempts.ts';
import { isLaptop } from '../aws/endpoint.ts';
import { NotAws, noteFaults } from '../aws/faults.ts';
import type { Aws } from '../aws/open-aws.ts';
import type { Connection } from '../connection-options.ts';
import { assumedSurroundings, type Surroundings } from './assumed.ts';
import type { World } from './explain-event.ts';

export interface LiveOptions extends Connection {
  /** The role in other accounts, as the stack was deployed with it. */
  readonly crossAccountRoleName?: string;
}

export interface LiveWorld extends World {
  /** The account of the credentials. */
  readonly account: string;
}

/** The live tables, Systems Manager and tags. Only what reads is made of them. */
export async function liveWorld(
  aws: Aws,
  options: LiveOptions,
  tags: ResourceTags | undefined,
): Promise<LiveWorld> {
  const [client, account, everyAccount] = await Promise.all([
    aws.dynamoDb(),
    accountOf(aws),
    aws.target.endpoint !== undefined && isLaptop(aws.target.endpoint),
  ]);
  const { checkTrackerTable, automationMappingTable, remediationExceptionTable } = options;
  const { automationExecutionTrackerTable, remediationGuardTable, crossAccountRoleName = '' } = options;
  const isOurs = (other: string) => everyAccount || other === account;
  const mappings = createMappingStore({ client, tableName: automationMappingTable, clock });
  const known = {
    mappings,
    exceptions: createExceptionStore({ client, tableName: remediationExceptionTable, clock }),
    guards: createGuardStore({
      client,
      tableName: remediationGuardTable,
      clock,
      opsItemBudget: 0,
      toldIn: async (place) => place,
    }),
    // Whether the role is there, only our functions can find out.
    accounts: { reaches: async (other: string) => isOurs(other) || crossAccountRoleName !== '' },
    clock,
  };
  const own = await ownSurroundings(aws, tags);
  return {
    account,
    checks: createCheckStore({ client, tableName: checkTrackerTable, clock }),
    executions: soundly(
      createExecutionStore({
        client,
        tableName: automationExecutionTrackerTable,
        checkTrackerTable,
        guardTable: remediationGuardTable,
        clock,
      }),
    ),
    readingFor: async (finding) => {
      if (isOurs(finding.account)) return { deps: { ...known, ...own }, assumed: [] };
      // The role there is for our functions, not for whoever asks here.
      const assumed = [`The account ${finding.account} cannot be read from here.`];
      const mapping = await mappings.find(finding);
      if (mapping === undefined || mapping instanceof RemediatorError)
        return { deps: { ...known, ...own }, assumed: [] };
      const assume = (sentence: string) => void assumed.push(sentence);
      return { deps: { ...known, ...assumedSurroundings({ mapping, tags, assume }) }, assumed };
    },
  };
}

/** What is read of resources, runbooks and calendars in the account of the credentials. */
async function ownSurroundings(aws: Aws, tags: ResourceTags | undefined): Promise<Surroundings> {
  const [{ SSMClient }, { ResourceGroupsTaggingAPIClient }] = await Promise.all([
    import('@aws-sdk/client-ssm'),
    import('@aws-sdk/client-resource-groups-tagging-api'),
  ]);
  const ssm = ({ region }: { readonly region: string }) =>
    noteFaults(new SSMClient({ ...aws.settings, region }));
  const tagging = ({ region }: { readonly region: string }) =>
    noteFaults(new ResourceGroupsTaggingAPIClient({ ...aws.settings, region }));
  return {
    tags: tags === undefined ? createTags(tagging) : { of: async () => tags },
    runbooks: createRunbooks(ssm, clock),
    calendars: createCalendars(ssm, clock),
  };
}

async function accountOf(aws: Aws): Promise<string> {
  const sts = noteFaults(new STSClient(aws.settings));
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  if (!Account) throw new NotAws('GetCallerIdentity', 'Account');
  return Account;
}
