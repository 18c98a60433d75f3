import { iamOperation, policyName, roleName } from '../iam-operation.ts';
import { viewInlinePolicy } from '../identities.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy = iamOperation({
  input: { RoleName: roleName, PolicyName: policyName },
  run: ({ RoleName, PolicyName }, context) =>
    viewInlinePolicy({ record: requireRole(RoleName, context), kind: 'role', name: RoleName }, PolicyName),
});
