import { requirePasswordPolicy } from '../credentials.ts';
import { iamOperation } from '../iam-operation.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html */
export const deleteAccountPasswordPolicy = iamOperation({
  input: {},
  run: (_input, context) => {
    requirePasswordPolicy(context);
    context.state.iam.passwordPolicy = undefined;
    return {};
  },
});
