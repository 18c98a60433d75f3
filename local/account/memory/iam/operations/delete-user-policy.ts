import { iamOperation, policyName, userName } from '../iam-operation.ts';
import { requireInlinePolicy } from '../identities.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export const deleteUserPolicy = iamOperation({
  input: { UserName: userName, PolicyName: policyName },
  run: ({ UserName, PolicyName }, context) => {
    const record = requireUser(UserName, context);
    requireInlinePolicy({ record, kind: 'user', name: UserName }, PolicyName);
    record.inlinePolicies.delete(PolicyName);
    return {};
  },
});
