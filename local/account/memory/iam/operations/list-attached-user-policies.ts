import { text } from '../../input.ts';
import { iamOperation, listInput, listPage, userName } from '../iam-operation.ts';
import { viewAttached } from '../identities.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies = iamOperation({
  input: { UserName: userName, PathPrefix: text.optional(), ...listInput },
  run: ({ UserName, PathPrefix, ...page }, context) => {
    const identity = { record: requireUser(UserName, context), kind: 'user', name: UserName } as const;
    return listPage('AttachedPolicies', viewAttached(identity, PathPrefix, context), page);
  },
});
