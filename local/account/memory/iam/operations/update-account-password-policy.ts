import { flag } from '../../input.ts';
import { iamOperation, within } from '../iam-operation.ts';

/**
 * What a call does not name falls back to its default: the policy is replaced as a whole.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
export const updateAccountPasswordPolicy = iamOperation({
  input: {
    MinimumPasswordLength: within(6, 128).default(6),
    RequireSymbols: flag.default(false),
    RequireNumbers: flag.default(false),
    RequireUppercaseCharacters: flag.default(false),
    RequireLowercaseCharacters: flag.default(false),
    AllowUsersToChangePassword: flag.default(false),
    MaxPasswordAge: within(1, 1095).optional(),
    PasswordReusePrevention: within(1, 24).optional(),
    HardExpiry: flag.optional(),
  },
  run: (input, context) => {
    const { MaxPasswordAge } = input;
    context.state.iam.passwordPolicy = { ...input, ExpirePasswords: MaxPasswordAge !== undefined };
    return {};
  },
});
