import { iamOperation, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary = iamOperation({
  input: { UserName: userName },
  run: ({ UserName }, context) => {
    requireUser(UserName, context).permissionsBoundary = undefined;
    return {};
  },
});
