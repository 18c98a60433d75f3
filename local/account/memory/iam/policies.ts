import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { type AwsManagedPolicy, awsManagedDocument, awsManagedPolicies } from './aws-managed-policies.ts';
import { noSuchEntity, tagList } from './iam-operation.ts';
import { encodeDocument } from './policy-documents.ts';
import type { IamState, IdentityRecord, PolicyRecord, PolicyVersionRecord } from './state.ts';

/** A managed policy: one of the account's own, or one of AWS's. */
export type ManagedPolicy = PolicyRecord | AwsManagedPolicy;

/** AWS's own policies tell no true dates here. */
const AWS_MANAGED_DATE = new Date('2015-02-06T18:39:46Z');

export function isOwn(policy: ManagedPolicy): policy is PolicyRecord {
  return 'versions' in policy;
}

/** The managed policy of that ARN. @throws AwsError InvalidInput for what is no ARN of a policy */
export function findPolicy(arn: string, { state }: MemoryContext): ManagedPolicy | undefined {
  if (!/^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\u0021-\u007e]+$/.test(arn)) {
    throw new AwsError('InvalidInput', `ARN ${arn} is not valid.`);
  }
  return state.iam.policies.get(arn) ?? awsManagedPolicies().get(arn);
}

/** @throws AwsError NoSuchEntity, InvalidInput */
export function requirePolicy(arn: string, context: MemoryContext): ManagedPolicy {
  const policy = findPolicy(arn, context);
  if (policy) return policy;
  throw noSuchEntity(`Policy ${arn} was not found.`);
}

/** A policy that the account itself owns, and may change. @throws AwsError NoSuchEntity, InvalidInput, AccessDenied */
export function requireOwnPolicy(arn: string, context: MemoryContext): PolicyRecord {
  const policy = requirePolicy(arn, context);
  if (isOwn(policy)) return policy;
  throw new AwsError('AccessDenied', `The policy ${arn} is managed by AWS, and cannot be changed.`, {
    statusCode: 403,
  });
}

/** @throws AwsError NoSuchEntity */
export function requireVersion(policy: PolicyRecord, versionId: string): PolicyVersionRecord {
  const version = policy.versions.find((each) => each.versionId === versionId);
  if (version) return version;
  throw noSuchEntity(`Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`);
}

function identities(state: IamState): IdentityRecord[] {
  return [...state.roles.values(), ...state.users.values()];
}

function attachmentCount(arn: string, state: IamState): number {
  return identities(state).filter((each) => each.attachedPolicies.has(arn)).length;
}

function boundaryCount(arn: string, state: IamState): number {
  return identities(state).filter((each) => each.permissionsBoundary === arn).length;
}

/** Whether a policy is attached to anything, or a boundary of anything. */
export function isInUse(arn: string, state: IamState): boolean {
  return attachmentCount(arn, state) + boundaryCount(arn, state) > 0;
}

/** A policy as the lists show it: without description and tags. */
export function viewListedPolicy(policy: ManagedPolicy, { state }: MemoryContext): JsonObject {
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: isOwn(policy) ? policy.defaultVersionId : 'v1',
    AttachmentCount: attachmentCount(policy.arn, state.iam),
    PermissionsBoundaryUsageCount: boundaryCount(policy.arn, state.iam),
    IsAttachable: true,
    CreateDate: isOwn(policy) ? policy.createDate : AWS_MANAGED_DATE,
    UpdateDate: isOwn(policy) ? policy.updateDate : AWS_MANAGED_DATE,
  };
}

export function viewPolicy(policy: ManagedPolicy, context: MemoryContext): JsonObject {
  const own = isOwn(policy) ? policy : undefined;
  return {
    ...viewListedPolicy(policy, context),
    ...(own?.description === undefined ? {} : { Description: own.description }),
    Tags: own ? tagList(own.tags) : [],
  };
}

/** A version, without its document. */
export function viewVersion(version: PolicyVersionRecord, policy: PolicyRecord): JsonObject {
  return {
    VersionId: version.versionId,
    IsDefaultVersion: version.versionId === policy.defaultVersionId,
    CreateDate: version.createDate,
  };
}

/** The one version of a policy of AWS's that is told here. @throws AwsError NoSuchEntity, NotImplemented */
export function viewAwsManagedVersion(
  policy: AwsManagedPolicy,
  options: { versionId?: string; withDocument: boolean },
): JsonObject {
  if (options.versionId !== undefined && options.versionId !== 'v1') {
    throw noSuchEntity(
      `Policy ${policy.arn} version ${options.versionId} does not exist or is not attachable.`,
    );
  }
  const view = { VersionId: 'v1', IsDefaultVersion: true, CreateDate: AWS_MANAGED_DATE };
  if (!options.withDocument) return view;
  const document = awsManagedDocument(policy.policyName);
  if (document === undefined) {
    throw new AwsError(
      'NotImplemented',
      `The in-memory account knows ${policy.arn} by its name only, not its document; use --account URL where it is needed.`,
      { statusCode: 501 },
    );
  }
  return { ...view, Document: encodeDocument(document) };
}
