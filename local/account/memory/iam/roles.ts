import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { noSuchEntity, viewTags } from './iam-operation.ts';
import { encodeDocument } from './policy-documents.ts';
import type { RoleRecord } from './state.ts';

/** @throws AwsError NoSuchEntity */
export function requireRole(roleName: string, { state }: MemoryContext): RoleRecord {
  const role = state.iam.roles.get(roleName);
  if (role) return role;
  throw noSuchEntity(`The role with name ${roleName} cannot be found.`);
}

export function roleArn(role: Pick<RoleRecord, 'path' | 'roleName'>, accountId: string): string {
  return `arn:aws:iam::${accountId}:role${role.path}${role.roleName}`;
}

/** A role as the lists show it: without tags and boundary. */
export function viewListedRole(role: RoleRecord, { accountId }: MemoryContext): JsonObject {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: roleArn(role, accountId),
    CreateDate: role.createDate,
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    ...(role.description === undefined ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionDuration,
  };
}

/** A role as CreateRole and GetRole show it. */
export function viewRole(role: RoleRecord, context: MemoryContext): JsonObject {
  return {
    ...viewListedRole(role, context),
    ...viewBoundary(role.permissionsBoundary),
    ...viewTags(role.tags),
  };
}

export function viewBoundary(arn: string | undefined): JsonObject {
  return arn === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } };
}
