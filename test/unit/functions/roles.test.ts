import { describe, expect, it } from 'vitest';
import { EVENT_SOURCE } from '../../../shared/domain/state-event.ts';
import { actionsOfAdapters, readYaml, resourcesOf, statementsOf } from '../../helpers/policies.ts';

const STACK = 'resources/roles.yml';
const CROSS_ACCOUNT = 'resources/cross-account-role.yml';

/** Which have no resource-level permissions. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const WITHOUT_RESOURCE = [
  'config:DescribeConfigRuleEvaluationStatus',
  'dynamodb:ListStreams',
  'ssm:DescribeAutomationExecutions',
  'ssm:CreateOpsItem',
  'ssm:DescribeOpsItems',
  'support:DescribeTrustedAdvisorChecks',
  'support:RefreshTrustedAdvisorCheck',
  'tag:GetResources',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
];

/** Called together with an operation that the adapters do call. */
const IMPLIED = [
  'iam:PassRole', // StartAutomationExecution with a role
  'ssm:AddTagsToResource', // StartAutomationExecution with tags
];

const statements = statementsOf(STACK);

/** Actions that an AWS account other than DynamoDB's, SQS's and the logs' is asked for. */
const abroad = (name: string) => [
  ...new Set(
    statementsOf(name)
      .flatMap(({ actions }) => actions)
      .filter((action) => /^(config|iam|ssm|support|tag):/.test(action)),
  ),
];

/** The roles to which a shared policy is given. */
function rolesOf(policy: string): unknown {
  return resourcesOf(STACK).find(([name]) => name === policy)?.[1].Properties.Roles;
}

describe.each([STACK, CROSS_ACCOUNT])('%s', (name) => {
  it('allows nothing by wildcard, and denies and excepts nothing', () => {
    for (const { actions, Effect, ...statement } of statementsOf(name)) {
      expect(Effect).toBe('Allow');
      expect(statement).not.toHaveProperty('NotAction');
      expect(statement).not.toHaveProperty('NotResource');
      for (const action of actions) expect(action).not.toContain('*');
    }
  });

  it('names what it acts on, but where IAM cannot', () => {
    for (const { actions, on, holder } of statementsOf(name).filter((each) => each.on.includes('*'))) {
      expect(on, holder).toEqual(['*']);
      for (const action of actions) expect(WITHOUT_RESOURCE).toContain(action);
    }
  });

  it("acts in its own account, and reads and starts AWS's documents and those shared with it", () => {
    const accounts = statementsOf(name)
      .filter(({ holder }) => holder !== 'CrossAccountPolicy')
      .flatMap(({ on }) => on.filter((arn) => arn.startsWith('arn:')))
      .map(accountIn);
    const [own, ...others] = ['AWS::AccountId', ...(name === CROSS_ACCOUNT ? ['RemediatorAccountId'] : [])];
    expect(accounts).toContain(`\${${own}}`);
    for (const account of accounts) expect(['', own, ...others].map(inBraces)).toContain(account);
  });

  it('passes roles of one path only, to Systems Manager', () => {
    const passing = statementsOf(name).filter(({ actions }) =>
      actions.some((action) => action.startsWith('iam:')),
    );
    expect(passing).toHaveLength(1);
    for (const { actions, on, Condition } of passing) {
      expect(actions).toEqual(['iam:PassRole']);
      expect(on).toHaveLength(1);
      expect(on[0]).toMatch(
        /^arn:\$\{AWS::Partition\}:iam::\$\{AWS::AccountId\}:role\/\$\{(param:automationRolePath|AutomationRolePath)\}\*$/,
      );
      expect(Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } });
    }
  });

  it('allows every call of the adapters, and no other', () => {
    expect(abroad(name).toSorted()).toEqual([...actionsOfAdapters(), ...IMPLIED].toSorted());
  });

  it('never deletes: no row, no OpsItem, no execution', () => {
    const actions = statementsOf(name).flatMap((each) => each.actions);
    expect(
      actions.filter((action) => /Delete|Purge|Stop|PutRolePolicy|CreateRole|AttachRole/.test(action)),
    ).toEqual([]);
  });
});

/** `${AWS::AccountId}` of `arn:${AWS::Partition}:ssm:*:${AWS::AccountId}:document/*`. */
function accountIn(arn: string): string {
  const plain = arn.replaceAll(/\$\{[^}]+\}/g, (variable) => variable.replaceAll(':', ';'));
  return (plain.split(':')[4] ?? 'none').replaceAll(';', ':');
}

function inBraces(name: string | undefined): string {
  return name ? `\${${name}}` : '';
}

describe('roles', () => {
  it('there is one for each function, and no other', () => {
    const functions = Object.values(readYaml('serverless.yml').functions ?? {}) as { role: string }[];
    const used = functions.map(({ role }) => role);
    const roles = resourcesOf(STACK)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .map(([name]) => `\${${name}.Arn}`);
    expect(used.toSorted()).toEqual(roles.toSorted());
  });

  it('those that may start a runbook are the three that decide; check-tracker and the end of an execution are not', () => {
    const starting = statements.filter(({ actions }) =>
      actions.some((action) => ['ssm:StartAutomationExecution', 'iam:PassRole'].includes(action)),
    );
    expect(new Set(starting.map(({ holder }) => holder))).toEqual(new Set(['StartingPolicy']));
    expect(rolesOf('StartingPolicy')).toEqual([
      'ResultsHandlerRole',
      'OpsItemEventsHandlerRole',
      'ReconcilerRole',
    ]);
    expect(readYaml('serverless.yml').params?.default).toMatchObject({ automationRolePath: 'remediator/' });
  });

  it('one asks sources to look again: it reads findings, and writes nothing anywhere', () => {
    const asking = statements.filter(({ actions }) =>
      actions.some((each) => /^(config|support):/.test(each)),
    );
    expect(new Set(asking.map(({ holder }) => holder))).toEqual(new Set(['RecheckRole']));
    const reading = statements.filter(
      ({ holder, actions }) =>
        holder === 'RecheckRole' && actions.some((each) => /^(dynamodb|ssm):/.test(each)),
    );
    expect(reading).toMatchObject([{ actions: ['dynamodb:GetItem'], on: ['CheckTrackerTable.Arn'] }]);
    const shared = ['RemediationPolicy', 'StartingPolicy'].flatMap(rolesOf);
    expect(shared).not.toContain('RecheckRole');
  });

  it('none but the check-tracker, which calls nobody, may act in other accounts, and only where there is a role', () => {
    const assuming = statements.filter(({ actions }) => actions.some((action) => action.startsWith('sts:')));
    expect(assuming).toMatchObject([
      {
        holder: 'CrossAccountPolicy',
        actions: ['sts:AssumeRole', 'sts:TagSession'],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's
        on: ['arn:${AWS::Partition}:iam::*:role/${CrossAccountRoleName}'],
      },
    ]);
    expect(resourcesOf(STACK).find(([name]) => name === 'CrossAccountPolicy')?.[1].Condition).toBe(
      'CrossAccount',
    );
    const remediating = rolesOf('RemediationPolicy') as readonly string[];
    expect(rolesOf('CrossAccountPolicy')).toEqual([...remediating, 'RecheckRole']);
    expect(rolesOf('RemediationPolicy')).not.toContain('CheckTrackerRole');
  });

  it.each([
    ['AutomationMappingTable', ['dynamodb:BatchGetItem']],
    ['RemediationExceptionTable', ['dynamodb:Scan']],
  ])('%s is for people to write: functions only read it', (table, expected) => {
    const on = statements.filter((each) => each.on.includes(`${table}.Arn`));
    expect(on.flatMap(({ actions }) => actions)).toEqual(expected);
  });

  it('each writes to its own failure queue only', () => {
    const queues = statements.filter(({ actions }) => actions.includes('sqs:SendMessage'));
    expect(queues.map(({ on }) => on)).toEqual([
      ['FindingsDeadLetterQueue.Arn'],
      ['ResultsFailureQueue.Arn'],
      ['ExecutionEventsDeadLetterQueue.Arn'],
      ['OpsItemEventsDeadLetterQueue.Arn'],
      ['ReconcilerDeadLetterQueue.Arn'],
      ['StateEventsFailureQueue.Arn'],
      ['RecheckDeadLetterQueue.Arn'],
    ]);
  });

  it('one puts events: on the default bus, and under our own name, so that it cannot make up a finding', () => {
    const putting = statements.filter(({ actions }) => actions.some((each) => each.startsWith('events:')));
    expect(putting).toMatchObject([
      {
        holder: 'StateEventsRole',
        actions: ['events:PutEvents'],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's
        on: ['arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default'],
        Condition: { 'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE } },
      },
    ]);
  });
});

interface Trust {
  readonly Principal: unknown;
  readonly Action: string;
  readonly Condition: Readonly<Record<string, unknown>>;
}

describe('who may take the role in another account', () => {
  const [trust = []] = resourcesOf(CROSS_ACCOUNT).map(
    ([, { Properties }]) => (Properties.AssumeRolePolicyDocument as { Statement: Trust[] }).Statement,
  );

  it("Remediator's functions: one account, one stack's roles, with its tag and no other", () => {
    expect(trust.map(({ Action }) => Action)).toEqual(['sts:AssumeRole', 'sts:TagSession']);
    for (const { Principal, Condition } of trust) {
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's
      expect(Principal).toEqual({ AWS: 'arn:${AWS::Partition}:iam::${RemediatorAccountId}:root' });
      expect(Condition.ArnLike).toEqual({
        'aws:PrincipalArn': 'arn:${AWS::Partition}:iam::${RemediatorAccountId}:role/${StackName}-*',
      });
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's
      expect(Condition.StringEquals).toMatchObject({
        'aws:RequestTag/remediator:account': 'RemediatorAccountId',
      });
    }
    expect(trust[1]?.Condition['ForAllValues:StringEquals']).toEqual({
      'aws:TagKeys': ['remediator:account'],
    });
  });

  it('only with the external ID, which has no default', () => {
    expect(trust[0]?.Condition.StringEquals).toMatchObject({ 'sts:ExternalId': 'ExternalId' });
    expect(readYaml(CROSS_ACCOUNT).Parameters?.ExternalId).not.toHaveProperty('Default');
  });
});
