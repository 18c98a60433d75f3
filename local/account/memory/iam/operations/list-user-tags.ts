import { iamOperation, listInput, listPage, tagList, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html */
export const listUserTags = iamOperation({
  input: { UserName: userName, ...listInput },
  run: ({ UserName, ...page }, context) =>
    listPage('Tags', tagList(requireUser(UserName, context).tags), page),
});
