import { flag } from '../../input.ts';
import { wholeSeconds } from '../../times.ts';
import { password, viewLoginProfile } from '../credentials.ts';
import { alreadyExists, iamOperation, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/**
 * Passwords are not kept: nobody signs in here.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html
 */
export const createLoginProfile = iamOperation({
  input: { UserName: userName, Password: password, PasswordResetRequired: flag.default(false) },
  run: ({ UserName, PasswordResetRequired }, context) => {
    const user = requireUser(UserName, context);
    if (user.loginProfile) throw alreadyExists(`Login Profile for user ${UserName} already exists.`);
    const createDate = wholeSeconds(context.clock.now());
    user.loginProfile = { createDate, passwordResetRequired: PasswordResetRequired };
    return { LoginProfile: viewLoginProfile(user) };
  },
});
