import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { limitExceeded, noSuchEntity } from './iam-operation.ts';
import { findPolicy, requirePolicy } from './policies.ts';
import { assertIdentityPolicy, encodeDocument, sizeOfDocument } from './policy-documents.ts';
import type { IdentityRecord } from './state.ts';

/** What roles and users have in common, and how the messages call them. */
export interface Identity {
  readonly record: IdentityRecord;
  readonly kind: 'role' | 'user';
  readonly name: string;
}

/** Characters of all inline policies together, without white space. */
const INLINE_QUOTA = { role: 10_240, user: 2_048 } as const;

const ATTACHED_QUOTA = 10;

/** @throws AwsError MalformedPolicyDocument, LimitExceeded */
export function putInlinePolicy(
  { record, kind, name }: Identity,
  policyName: string,
  document: string,
): void {
  assertIdentityPolicy(document);
  const others = [...record.inlinePolicies].filter(([each]) => each !== policyName).map(([, each]) => each);
  const size = [...others, document].reduce((sum, each) => sum + sizeOfDocument(each), 0);
  if (size > INLINE_QUOTA[kind]) {
    throw limitExceeded(`Maximum policy size of ${INLINE_QUOTA[kind]} bytes exceeded for ${kind} ${name}`);
  }
  record.inlinePolicies.set(policyName, document);
}

/** @throws AwsError NoSuchEntity */
export function requireInlinePolicy({ record, kind }: Identity, policyName: string): string {
  const document = record.inlinePolicies.get(policyName);
  if (document !== undefined) return document;
  throw noSuchEntity(`The ${kind} policy with name ${policyName} cannot be found.`);
}

/** The name of the identity comes first, as GetRolePolicy and GetUserPolicy have it. */
export function viewInlinePolicy(identity: Identity, policyName: string): JsonObject {
  return {
    [identity.kind === 'role' ? 'RoleName' : 'UserName']: identity.name,
    PolicyName: policyName,
    PolicyDocument: encodeDocument(requireInlinePolicy(identity, policyName)),
  };
}

/** Attaching what is attached changes nothing. @throws AwsError NoSuchEntity, InvalidInput, LimitExceeded */
export function attachPolicy({ record, kind }: Identity, arn: string, context: MemoryContext): void {
  if (!findPolicy(arn, context)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (!record.attachedPolicies.has(arn) && record.attachedPolicies.size >= ATTACHED_QUOTA) {
    const quota = kind === 'role' ? 'PoliciesPerRole' : 'PoliciesPerUser';
    throw limitExceeded(`Cannot exceed quota for ${quota}: ${ATTACHED_QUOTA}`);
  }
  record.attachedPolicies.add(arn);
}

/** @throws AwsError NoSuchEntity, InvalidInput */
export function detachPolicy({ record }: Identity, arn: string, context: MemoryContext): void {
  findPolicy(arn, context);
  if (!record.attachedPolicies.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
}

/** `[{ PolicyName, PolicyArn }]` under a path. */
export function viewAttached(
  { record }: Identity,
  pathPrefix: string | undefined,
  context: MemoryContext,
): JsonObject[] {
  return [...record.attachedPolicies]
    .map((arn) => requirePolicy(arn, context))
    .filter((policy) => policy.path.startsWith(pathPrefix ?? '/'))
    .map(({ policyName, arn }) => ({ PolicyName: policyName, PolicyArn: arn }));
}

/** @throws AwsError NoSuchEntity where the boundary is not a policy */
export function assertBoundary(arn: string | undefined, context: MemoryContext): void {
  if (arn === undefined || findPolicy(arn, context)) return;
  throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
}

/** @throws AwsError EntityAlreadyExists where a name is taken; names are not told apart by case */
export function assertNameFree(names: Iterable<string>, name: string, message: string): void {
  for (const taken of names) {
    if (taken.toLowerCase() !== name.toLowerCase()) continue;
    throw new AwsError('EntityAlreadyExists', message, { statusCode: 409 });
  }
}
