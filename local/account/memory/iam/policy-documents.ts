import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]);

const principal = z.union([z.literal('*'), z.record(z.string(), oneOrMore)]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

/** The grammar's outline. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const policy = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement).min(1)]),
});

type Statement = z.output<typeof statement>;

/** A policy of an identity says what may be done to what. @throws AwsError MalformedPolicyDocument */
export function assertIdentityPolicy(document: string): void {
  for (const each of statementsOf(document)) {
    if (each.Principal !== undefined || each.NotPrincipal !== undefined) {
      throw malformed('Policy document should not specify a principal.');
    }
    if (each.Resource === undefined && each.NotResource === undefined) {
      throw malformed('Policy statement must contain resources.');
    }
    assertActions(each);
  }
}

const MANAGED_QUOTA = 6144;

/** As `assertIdentityPolicy`, for a managed policy. @throws AwsError MalformedPolicyDocument, LimitExceeded */
export function assertManagedDocument(document: string): void {
  assertIdentityPolicy(document);
  if (sizeOfDocument(document) <= MANAGED_QUOTA) return;
  throw new AwsError('LimitExceeded', `Cannot exceed quota for PolicySize: ${MANAGED_QUOTA}`, {
    statusCode: 409,
  });
}

/** The policy of a role that says who may assume it. @throws AwsError MalformedPolicyDocument */
export function assertTrustPolicy(document: string): void {
  for (const each of statementsOf(document)) {
    if (each.Resource !== undefined || each.NotResource !== undefined) {
      throw malformed('Has prohibited field Resource');
    }
    if (each.Principal === undefined && each.NotPrincipal === undefined) {
      throw malformed('Missing required field Principal');
    }
    assertActions(each);
  }
}

function assertActions({ Action, NotAction }: Statement): void {
  if (Action === undefined && NotAction === undefined) {
    throw malformed('Policy statement must contain actions.');
  }
  for (const action of [Action ?? [], NotAction ?? []].flat()) {
    if (action !== '*' && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
      throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
    }
  }
}

function statementsOf(document: string): readonly Statement[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch (cause) {
    throw malformed('This policy contains invalid Json', cause);
  }
  const result = policy.safeParse(parsed);
  if (!result.success) {
    const isVersion = result.error.issues[0]?.path[0] === 'Version';
    throw malformed(
      isVersion ? 'The policy must contain a valid version string' : 'Syntax errors in policy.',
      result.error,
    );
  }
  return [result.data.Statement].flat();
}

/** The answers carry documents URL-encoded, as RFC 3986 has it. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** White space does not count against the quotas for a policy's size. */
export function sizeOfDocument(document: string): number {
  return document.replace(/\s/g, '').length;
}

function malformed(message: string, cause?: unknown): AwsError {
  return new AwsError('MalformedPolicyDocument', message, cause === undefined ? {} : { cause });
}
