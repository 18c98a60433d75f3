import { document, iamOperation, policyName, roleName } from '../iam-operation.ts';
import { putInlinePolicy } from '../identities.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const putRolePolicy = iamOperation({
  input: { RoleName: roleName, PolicyName: policyName, PolicyDocument: document },
  run: ({ RoleName, PolicyName, PolicyDocument }, context) => {
    putInlinePolicy(
      { record: requireRole(RoleName, context), kind: 'role', name: RoleName },
      PolicyName,
      PolicyDocument,
    );
    return {};
  },
});
