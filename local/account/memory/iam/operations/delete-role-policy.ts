import { iamOperation, policyName, roleName } from '../iam-operation.ts';
import { requireInlinePolicy } from '../identities.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export const deleteRolePolicy = iamOperation({
  input: { RoleName: roleName, PolicyName: policyName },
  run: ({ RoleName, PolicyName }, context) => {
    const record = requireRole(RoleName, context);
    requireInlinePolicy({ record, kind: 'role', name: RoleName }, PolicyName);
    record.inlinePolicies.delete(PolicyName);
    return {};
  },
});
