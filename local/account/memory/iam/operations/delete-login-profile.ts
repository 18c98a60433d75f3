import { requireLoginProfile } from '../credentials.ts';
import { iamOperation, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html */
export const deleteLoginProfile = iamOperation({
  input: { UserName: userName },
  run: ({ UserName }, context) => {
    const user = requireUser(UserName, context);
    requireLoginProfile(user);
    user.loginProfile = undefined;
    return {};
  },
});
