import { requirePasswordPolicy } from '../credentials.ts';
import { iamOperation } from '../iam-operation.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html */
export const getAccountPasswordPolicy = iamOperation({
  input: {},
  run: (_input, context) => ({ PasswordPolicy: requirePasswordPolicy(context) }),
});
