import type { MemoryContext } from '../operation.ts';
import type { KeyRecord } from './state.ts';

export const AWS_ALIAS_PREFIX = 'alias/aws/';

const SERVICES: ReadonlySet<string> = new Set(
  'acm backup cloud9 codecommit connect dax dms dynamodb ebs elasticfilesystem es fsx glue kafka kinesis lambda lex lightsail rds redshift s3 secretsmanager sns sqs ssm workspaces xray'.split(
    ' ',
  ),
);

/** Whether AWS has a key of its own for that alias, such as `alias/aws/ebs`. */
export function isAwsAlias(name: string): boolean {
  return SERVICES.has(name.slice(AWS_ALIAS_PREFIX.length));
}

/**
 * AWS's key behind such an alias, made when it is asked for first.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
 */
export function managedKey(name: string, context: MemoryContext): KeyRecord {
  const { state, region, clock, ids } = context;
  const known = state.kms.aliases.get(name);
  const key = known && state.kms.keys.get(known.targetKeyId);
  if (key) return key;
  const service = name.slice(AWS_ALIAS_PREFIX.length);
  const creationDate = clock.now();
  const made: KeyRecord = {
    keyId: ids.uuid(),
    region,
    creationDate,
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    manager: 'AWS',
    multiRegion: false,
    description: `Default key that protects my ${service} data when no other key is defined`,
    policy: policyFor(service, context),
    enabled: true,
    deletionDate: undefined,
    rotation: { periodInDays: 365, since: creationDate },
    tags: undefined,
  };
  state.kms.keys.set(made.keyId, made);
  state.kms.aliases.set(name, { name, region, targetKeyId: made.keyId, creationDate });
  return made;
}

function policyFor(service: string, { accountId, region }: MemoryContext): string {
  const use = {
    Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
    Condition: {
      StringEquals: {
        'kms:CallerAccount': accountId,
        'kms:ViaService': `${service}.${region}.amazonaws.com`,
      },
    },
  };
  const look = {
    Sid: 'Allow direct access to key metadata to the account',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Id: `auto-${service}-1`, Statement: [use, look] });
}
