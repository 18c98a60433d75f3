import { iamOperation, listInput, listPage, roleName, tagList } from '../iam-operation.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
export const listRoleTags = iamOperation({
  input: { RoleName: roleName, ...listInput },
  run: ({ RoleName, ...page }, context) =>
    listPage('Tags', tagList(requireRole(RoleName, context).tags), page),
});
