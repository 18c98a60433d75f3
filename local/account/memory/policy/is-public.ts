import type { Condition, ResourcePolicy, Statement } from './resource-policy.ts';

/** Keys that, compared with a fixed value, keep the public out. */
const LIMITING_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:sourceip',
  'aws:userid',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

const EQUALITY =
  /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/**
 * Whether a bucket policy lets the public in.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy({ statements }: ResourcePolicy): boolean {
  return statements.some((statement) => statement.effect === 'Allow' && isOpen(statement));
}

function isOpen({ principals, notPrincipals, conditions }: Statement): boolean {
  const isEveryone =
    notPrincipals !== undefined ||
    Object.values(principals ?? {}).some((ids) => ids.some((id) => id.includes('*')));
  return isEveryone && !conditions.some(limits);
}

function limits({ operator, key, values }: Condition): boolean {
  if (!LIMITING_KEYS.has(key.toLowerCase()) || !EQUALITY.test(operator)) return false;
  return values.every((value) => (key.toLowerCase() === 'aws:sourceip' ? isNarrow(value) : isFixed(value)));
}

/** A star anywhere in a value may stand for everyone, but in an ARN it may also stand behind a fixed account. */
function isFixed(value: string): boolean {
  const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1];
  return account !== undefined || !/[*?]|\$\{/.test(value);
}

/** A range is narrow from /8 (IPv4) and /32 (IPv6) on. */
function isNarrow(range: string): boolean {
  const [address = '', bits] = range.split('/');
  if (bits === undefined) return true;
  return Number(bits) >= (address.includes(':') ? 32 : 8);
}
