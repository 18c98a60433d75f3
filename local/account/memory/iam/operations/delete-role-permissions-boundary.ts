import { iamOperation, roleName } from '../iam-operation.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary = iamOperation({
  input: { RoleName: roleName },
  run: ({ RoleName }, context) => {
    requireRole(RoleName, context).permissionsBoundary = undefined;
    return {};
  },
});
