import { iamOperation, userName } from '../iam-operation.ts';
import { requireUser, viewUser } from '../users.ts';

/**
 * The name is needed here: the laptop's own user is no user of the account.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html
 */
export const getUser = iamOperation({
  input: { UserName: userName },
  run: ({ UserName }, context) => ({ User: viewUser(requireUser(UserName, context), context) }),
});
