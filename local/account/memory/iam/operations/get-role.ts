import { iamOperation, roleName } from '../iam-operation.ts';
import { requireRole, viewRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole = iamOperation({
  input: { RoleName: roleName },
  run: ({ RoleName }, context) => ({
    Role: { ...viewRole(requireRole(RoleName, context), context), RoleLastUsed: {} },
  }),
});
