import { document, iamOperation, roleName } from '../iam-operation.ts';
import { assertTrustPolicy } from '../policy-documents.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const updateAssumeRolePolicy = iamOperation({
  input: { RoleName: roleName, PolicyDocument: document },
  run: ({ RoleName, PolicyDocument }, context) => {
    const role = requireRole(RoleName, context);
    assertTrustPolicy(PolicyDocument);
    role.trustPolicy = PolicyDocument;
    return {};
  },
});
