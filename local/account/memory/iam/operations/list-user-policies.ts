import { iamOperation, listInput, listPage, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export const listUserPolicies = iamOperation({
  input: { UserName: userName, ...listInput },
  run: ({ UserName, ...page }, context) =>
    listPage('PolicyNames', [...requireUser(UserName, context).inlinePolicies.keys()], page),
});
