import { iamOperation, policyArn, roleName } from '../iam-operation.ts';
import { attachPolicy } from '../identities.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachRolePolicy = iamOperation({
  input: { RoleName: roleName, PolicyArn: policyArn },
  run: ({ RoleName, PolicyArn }, context) => {
    attachPolicy(
      { record: requireRole(RoleName, context), kind: 'role', name: RoleName },
      PolicyArn,
      context,
    );
    return {};
  },
});
