import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface AwsManagedPolicy {
  readonly policyName: string;
  readonly path: string;
  readonly policyId: string;
  readonly arn: string;
}

const ARN_PREFIX = 'arn:aws:iam::aws:policy/';

let known: ReadonlyMap<string, AwsManagedPolicy> | undefined;

/**
 * The policies that AWS owns, by ARN: every name of aws-managed-policies.txt (1,485 of them, as of spring 2026).
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function awsManagedPolicies(): ReadonlyMap<string, AwsManagedPolicy> {
  known ??= readList();
  return known;
}

function readList(): ReadonlyMap<string, AwsManagedPolicy> {
  const names = readFileSync(new URL('./aws-managed-policies.txt', import.meta.url), 'utf8');
  return new Map(
    names
      .split('\n')
      .filter(Boolean)
      .map((name) => {
        const split = name.lastIndexOf('/') + 1;
        const arn = ARN_PREFIX + name;
        const path = `/${name.slice(0, split)}`;
        return [arn, { policyName: name.slice(split), path, policyId: policyIdOf(arn), arn }];
      }),
  );
}

/** IDs are made up, but a policy's stays the same. */
function policyIdOf(arn: string): string {
  const digits = createHash('sha256').update(arn).digest('hex').slice(0, 17);
  return `ANPA${[...digits].map((digit) => 'ABCDEFGHIJKLMNOP'[Number.parseInt(digit, 16)]).join('')}`;
}

const ssmMessages = [
  {
    Effect: 'Allow',
    Action: [
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ],
    Resource: '*',
  },
  {
    Effect: 'Allow',
    Action: [
      'ec2messages:AcknowledgeMessage',
      'ec2messages:DeleteMessage',
      'ec2messages:FailMessage',
      'ec2messages:GetEndpoint',
      'ec2messages:GetMessages',
      'ec2messages:SendReply',
    ],
    Resource: '*',
  },
];

/** Documents of those whose content runbooks look at; the others are known by name only. */
const STATEMENTS: Readonly<Record<string, readonly object[]>> = {
  AdministratorAccess: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  AmazonS3FullAccess: [{ Effect: 'Allow', Action: ['s3:*', 's3-object-lambda:*'], Resource: '*' }],
  AmazonS3ReadOnlyAccess: [
    {
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
      Resource: '*',
    },
  ],
  AmazonSSMManagedInstanceCore: [
    {
      Effect: 'Allow',
      Action: [
        'ssm:DescribeAssociation',
        'ssm:GetDeployablePatchSnapshotForInstance',
        'ssm:GetDocument',
        'ssm:DescribeDocument',
        'ssm:GetManifest',
        'ssm:GetParameter',
        'ssm:GetParameters',
        'ssm:ListAssociations',
        'ssm:ListInstanceAssociations',
        'ssm:PutInventory',
        'ssm:PutComplianceItems',
        'ssm:PutConfigurePackageResult',
        'ssm:UpdateAssociationStatus',
        'ssm:UpdateInstanceAssociationStatus',
        'ssm:UpdateInstanceInformation',
      ],
      Resource: '*',
    },
    ...ssmMessages,
  ],
};

/** A policy's document as JSON; undefined where it is not known here. */
export function awsManagedDocument(policyName: string): string | undefined {
  const Statement = Object.hasOwn(STATEMENTS, policyName) ? STATEMENTS[policyName] : undefined;
  return Statement && JSON.stringify({ Version: '2012-10-17', Statement });
}
