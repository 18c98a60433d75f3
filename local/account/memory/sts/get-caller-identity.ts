import { defineOperation } from '../operation.ts';

const CODES = { missing: 'MissingParameter', unknown: 'ValidationError', invalid: 'ValidationError' };

/**
 * Everyone is the laptop's one user: requests are not authenticated.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity = defineOperation(CODES, {
  input: {},
  run: (_input, { accountId }) => ({
    UserId: 'AIDALOCALUSERLOCALUSE',
    Account: accountId,
    Arn: `arn:aws:iam::${accountId}:user/local`,
  }),
});
