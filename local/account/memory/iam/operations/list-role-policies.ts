import { iamOperation, listInput, listPage, roleName } from '../iam-operation.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export const listRolePolicies = iamOperation({
  input: { RoleName: roleName, ...listInput },
  run: ({ RoleName, ...page }, context) =>
    listPage('PolicyNames', [...requireRole(RoleName, context).inlinePolicies.keys()], page),
});
