import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import { isAllowed } from '../policy/evaluate.ts';
import { PolicySyntaxError, parseResourcePolicy, type ResourcePolicy } from '../policy/resource-policy.ts';

const MAX_BYTES = 32 * 1024;

/** The policy that CreateKey gives a key: all for the account, as its IAM policies say. */
export function defaultPolicy(accountId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/**
 * Checks a policy that somebody wants to put on a key.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 * @throws AwsError MalformedPolicyDocumentException, LimitExceededException
 */
export function assertKeyPolicy(text: string, bypassesLockout: boolean, context: MemoryContext): void {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new AwsError('LimitExceededException', 'Policy document size exceeds the limit of 32768 bytes');
  }
  const policy = parse(text);
  if (bypassesLockout || canBeChanged(policy, context.accountId)) return;
  throw malformed('The new key policy will not allow you to update the key policy in the future.');
}

/** Whether anybody of the account may put another policy in its place. */
function canBeChanged(policy: ResourcePolicy, accountId: string): boolean {
  const named = policy.statements.flatMap(({ principals }) => principals?.AWS ?? []);
  const own = named.filter((id) => id.includes(`:${accountId}:`));
  return [`arn:aws:iam::${accountId}:root`, ...own].some((id) =>
    isAllowed(policy, { principal: { kind: 'AWS', id }, action: 'kms:PutKeyPolicy', resource: '*' }),
  );
}

function parse(text: string): ResourcePolicy {
  try {
    return parseResourcePolicy(text);
  } catch (error) {
    if (error instanceof PolicySyntaxError) throw malformed(error.message);
    throw error;
  }
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message);
}
