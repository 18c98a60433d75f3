import { iamOperation, policyArn, roleName } from '../iam-operation.ts';
import { detachPolicy } from '../identities.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export const detachRolePolicy = iamOperation({
  input: { RoleName: roleName, PolicyArn: policyArn },
  run: ({ RoleName, PolicyArn }, context) => {
    detachPolicy(
      { record: requireRole(RoleName, context), kind: 'role', name: RoleName },
      PolicyArn,
      context,
    );
    return {};
  },
});
