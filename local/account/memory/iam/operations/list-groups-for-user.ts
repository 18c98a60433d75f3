import { iamOperation, listInput, listPage, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/**
 * There are no groups here.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html
 */
export const listGroupsForUser = iamOperation({
  input: { UserName: userName, ...listInput },
  run: ({ UserName, ...page }, context) => {
    requireUser(UserName, context);
    return listPage('Groups', [], page);
  },
});
