import { iamOperation, policyArn, roleName } from '../iam-operation.ts';
import { assertBoundary } from '../identities.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const putRolePermissionsBoundary = iamOperation({
  input: { RoleName: roleName, PermissionsBoundary: policyArn },
  run: ({ RoleName, PermissionsBoundary }, context) => {
    const record = requireRole(RoleName, context);
    assertBoundary(PermissionsBoundary, context);
    record.permissionsBoundary = PermissionsBoundary;
    return {};
  },
});
