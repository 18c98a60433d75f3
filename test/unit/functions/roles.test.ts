import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A YAML file of the stack; `!Sub` and its like are read as the text behind them. */
function readYaml(name: string): Record<string, Record<string, unknown>> {
  const text = readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
  return parse(text, { logLevel: 'silent' });
}

const list = <Value>(value: Value | readonly Value[]): Value[] =>
  Array.isArray(value) ? [...value] : [value as Value];

const resources = Object.entries(readYaml('resources/roles.yml').Resources as Record<string, Resource>);

function statementsOf({ Type, Properties }: Resource): Statement[] {
  const documents =
    Type === 'AWS::IAM::Role'
      ? (Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[]).map(
          (each) => each.PolicyDocument,
        )
      : [Properties.PolicyDocument as { Statement: Statement[] }];
  return documents.flatMap(({ Statement }) => Statement);
}

const statements = resources.flatMap(([role, resource]) =>
  statementsOf(resource).map((statement) => ({
    role,
    ...statement,
    actions: list(statement.Action),
    on: list(statement.Resource),
  })),
);

/** Which have no resource-level permissions. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const WITHOUT_RESOURCE = [
  'dynamodb:ListStreams',
  'ssm:DescribeAutomationExecutions',
  'ssm:CreateOpsItem',
  'ssm:DescribeOpsItems',
  'ssm:UpdateOpsItem',
  'tag:GetResources',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
];

describe('roles', () => {
  it('there is one for each function, and no other', () => {
    const functions = Object.values(readYaml('serverless.yml').functions ?? {}) as { role: string }[];
    const used = functions.map(({ role }) => role);
    const roles = resources
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .map(([name]) => `\${${name}.Arn}`);
    expect(used.toSorted()).toEqual(roles.toSorted());
  });

  it('allow nothing by wildcard, and deny and except nothing', () => {
    for (const { actions, Effect, ...statement } of statements) {
      expect(Effect).toBe('Allow');
      expect(statement).not.toHaveProperty('NotAction');
      expect(statement).not.toHaveProperty('NotResource');
      for (const action of actions) expect(action).not.toContain('*');
    }
  });

  it('name what they act on, but where IAM cannot', () => {
    for (const { actions, on, role } of statements.filter((each) => each.on.includes('*'))) {
      expect(on, role).toEqual(['*']);
      for (const action of actions) expect(WITHOUT_RESOURCE).toContain(action);
    }
  });

  it('iam:PassRole is restricted: to one path, to Systems Manager, and to the two functions that start runbooks', () => {
    const passing = statements.filter(({ actions }) => actions.some((action) => action.startsWith('iam:')));
    expect(passing.map(({ role }) => role)).toEqual(['ResultsHandlerRole', 'ReconcilerRole']);
    for (const { actions, on, Condition } of passing) {
      expect(actions).toEqual(['iam:PassRole']);
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's and Serverless Framework's
      expect(on).toEqual(['arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${param:automationRolePath}*']);
      expect(Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } });
    }
    expect(readYaml('serverless.yml').params?.default).toMatchObject({ automationRolePath: 'remediator/' });
  });

  it('nobody can delete or put what is not theirs: no row is ever deleted', () => {
    const actions = statements.flatMap((each) => each.actions);
    expect(
      actions.filter((action) => /Delete|Purge|PutRolePolicy|CreateRole|AttachRole/.test(action)),
    ).toEqual([]);
    const mapping = statements.filter(({ on }) => on.includes('AutomationMappingTable.Arn'));
    for (const each of mapping) expect(each.actions).toEqual(['dynamodb:BatchGetItem']);
  });

  it('each writes to its own failure queue only', () => {
    const queues = statements.filter(({ actions }) => actions.includes('sqs:SendMessage'));
    expect(queues.map(({ on }) => on)).toEqual([
      ['FindingsDeadLetterQueue.Arn'],
      ['ResultsFailureQueue.Arn'],
      ['ExecutionEventsDeadLetterQueue.Arn'],
      ['OpsItemEventsDeadLetterQueue.Arn'],
      ['ReconcilerDeadLetterQueue.Arn'],
    ]);
  });
});
