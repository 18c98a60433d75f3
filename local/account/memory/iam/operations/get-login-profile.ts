import { viewLoginProfile } from '../credentials.ts';
import { iamOperation, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html */
export const getLoginProfile = iamOperation({
  input: { UserName: userName },
  run: ({ UserName }, context) => ({ LoginProfile: viewLoginProfile(requireUser(UserName, context)) }),
});
