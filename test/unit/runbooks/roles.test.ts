import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../../local/service-definition/yaml.ts';
import { allSteps, RUNBOOKS, readRunbook, type WrittenStep } from './support.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is read as it comes; what is missing fails the test.
  readonly Properties: any;
}

const read = (file: string) =>
  parseYaml(readFileSync(join(RUNBOOKS, '..', 'resources', file), 'utf8'), file) as {
    readonly Resources: Readonly<Record<string, Resource>>;
    readonly Outputs?: Readonly<Record<string, unknown>>;
  };

const documents = read('runbooks.yml');
const roles = read('runbook-roles.yml');
const NAMES = readdirSync(RUNBOOKS).flatMap((file) =>
  file.endsWith('.yaml') ? [file.replace('.yaml', '')] : [],
);

/** The IAM prefix of a service, where it is not the service's name. */
const PREFIXES = new Map([['resourcegroupstaggingapi', 'tag']]);

/** What https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runcommand.html does. */
const RUN_COMMAND = [
  'ssm:SendCommand',
  'ssm:ListCommands',
  'ssm:ListCommandInvocations',
  'ssm:GetCommandInvocation',
  'ssm:CancelCommand',
];

/** What AWS asks of a caller besides the operation that is called. */
const BESIDES = new Map<string, readonly string[]>([
  [
    'cloudtrail:CreateTrail', // with IsOrganizationTrail
    [
      'organizations:DescribeOrganization',
      'organizations:ListAWSServiceAccessForOrganization',
      'iam:CreateServiceLinkedRole',
      'iam:GetRole',
    ],
  ],
  ['ec2:AssociateIamInstanceProfile', ['iam:PassRole']],
  [
    'tag:TagResources',
    [
      'acm:AddTagsToCertificate',
      'dynamodb:TagResource',
      'elasticloadbalancing:AddTags',
      'rds:AddTagsToResource',
      'redshift:CreateTags',
      's3:GetBucketTagging',
      's3:PutBucketTagging',
    ],
  ],
]);

/** Operations without resource-level permissions. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const WITHOUT_RESOURCE =
  /^(ec2:Describe\w+|ssm:(Describe\w+|ListCommand\w+|GetCommandInvocation|CancelCommand)|cloudtrail:DescribeTrails|config:BatchGetResourceConfig|tag:(GetResources|TagResources)|organizations:\w+)$/;

function actionsOf(step: WrittenStep): string[] {
  if (step.action === 'aws:runCommand') return RUN_COMMAND;
  const { Service, Api } = step.inputs;
  if (typeof Service !== 'string') return [];
  const action = `${PREFIXES.get(Service) ?? Service}:${String(Api)}`;
  return [action, ...(BESIDES.get(action) ?? [])];
}

const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

describe.each(NAMES)('%s', (name) => {
  const id = name.replace('Remediator-', '');
  const role = roles.Resources[`${id}Role`];
  const statements: readonly Statement[] = role?.Properties.Policies[0].PolicyDocument.Statement ?? [];
  const runbook = readRunbook(name);

  it('is deployed under its name, from its file, and stays when it changes', () => {
    expect(documents.Resources[`${id}Runbook`]).toEqual({
      Type: 'AWS::SSM::Document',
      Properties: {
        Name: name,
        DocumentType: 'Automation',
        DocumentFormat: 'JSON',
        UpdateMethod: 'NewVersion',
        Content: `\${file(runbooks/${name}.yaml)}`,
      },
    });
  });

  it('has a role that may do what the runbook does, and nothing else', () => {
    const needed = allSteps(runbook.mainSteps).flatMap(actionsOf);
    expect(sorted(statements.flatMap(({ Action }) => Action))).toEqual(sorted(needed));
    expect(statements.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  });

  it('has no wildcard in an action, and all resources only where AWS knows no others', () => {
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    const everywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(everywhere.filter((action) => !WITHOUT_RESOURCE.test(action))).toEqual([]);
  });

  it('says to which service, or to whom, what is handed on can go', () => {
    const delicate = /^(iam:(PassRole|AttachRolePolicy)|ec2:DeleteTags)$/;
    const open = statements.filter(
      ({ Action, Condition }) => Condition === undefined && Action.some((action) => delicate.test(action)),
    );
    expect(open).toEqual([]);
  });

  it('may be run by Automation in this account only, and passed by the functions', () => {
    expect(role?.Properties.Path).toBe(`/\${param:automationRolePath}`);
    expect(role?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'ssm.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: {
            'aws:SourceArn': {
              'Fn::Sub': `arn:\${AWS::Partition}:ssm:*:\${AWS::AccountId}:automation-execution/*`,
            },
          },
        },
      },
    ]);
    expect(roles.Outputs?.[`${id}RoleArn`]).toMatchObject({ Value: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] } });
  });

  it('sends no commands but those of its documents', () => {
    const sent = allSteps(runbook.mainSteps).flatMap(({ inputs }) =>
      typeof inputs.DocumentName === 'string' ? [inputs.DocumentName] : [],
    );
    const allowed = [...JSON.stringify(statements).matchAll(/document\/([\w-]+)/g)].map(
      ([, document = '']) => document,
    );
    expect(sorted(allowed)).toEqual(sorted(sent));
  });
});

it('has a document and a role for every runbook, and for nothing else', () => {
  expect(Object.keys(documents.Resources).sort()).toEqual(
    NAMES.map((name) => `${name.replace('Remediator-', '')}Runbook`).sort(),
  );
  const ofRunbooks = Object.keys(roles.Resources).filter((id) => !id.startsWith('ManagedInstance'));
  expect(ofRunbooks.sort()).toEqual(NAMES.map((name) => `${name.replace('Remediator-', '')}Role`).sort());
});
