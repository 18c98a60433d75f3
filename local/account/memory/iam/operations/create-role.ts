import { wholeSeconds } from '../../times.ts';
import {
  description,
  document,
  iamOperation,
  newIamId,
  path,
  policyArn,
  roleName,
  sessionDuration,
  tagMap,
  tags,
} from '../iam-operation.ts';
import { assertBoundary, assertNameFree } from '../identities.ts';
import { assertTrustPolicy } from '../policy-documents.ts';
import { viewRole } from '../roles.ts';
import type { RoleRecord } from '../state.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole = iamOperation({
  input: {
    RoleName: roleName,
    AssumeRolePolicyDocument: document,
    Path: path,
    Description: description,
    MaxSessionDuration: sessionDuration.default(3600),
    PermissionsBoundary: policyArn.optional(),
    Tags: tags,
  },
  run: (input, context) => {
    const { roles } = context.state.iam;
    assertNameFree(roles.keys(), input.RoleName, `Role with name ${input.RoleName} already exists.`);
    assertTrustPolicy(input.AssumeRolePolicyDocument);
    assertBoundary(input.PermissionsBoundary, context);
    const role: RoleRecord = {
      roleName: input.RoleName,
      path: input.Path,
      roleId: newIamId('AROA', context),
      createDate: wholeSeconds(context.clock.now()),
      trustPolicy: input.AssumeRolePolicyDocument,
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration,
      permissionsBoundary: input.PermissionsBoundary,
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
      tags: tagMap(input.Tags),
    };
    roles.set(role.roleName, role);
    return { Role: viewRole(role, context) };
  },
});
