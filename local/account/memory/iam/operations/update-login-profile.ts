import { flag } from '../../input.ts';
import { password, requireLoginProfile } from '../credentials.ts';
import { iamOperation, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html */
export const updateLoginProfile = iamOperation({
  input: { UserName: userName, Password: password.optional(), PasswordResetRequired: flag.optional() },
  run: ({ UserName, PasswordResetRequired }, context) => {
    const profile = requireLoginProfile(requireUser(UserName, context));
    if (PasswordResetRequired !== undefined) profile.passwordResetRequired = PasswordResetRequired;
    return {};
  },
});
