import { iamOperation, policyName, userName } from '../iam-operation.ts';
import { viewInlinePolicy } from '../identities.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy = iamOperation({
  input: { UserName: userName, PolicyName: policyName },
  run: ({ UserName, PolicyName }, context) =>
    viewInlinePolicy({ record: requireUser(UserName, context), kind: 'user', name: UserName }, PolicyName),
});
