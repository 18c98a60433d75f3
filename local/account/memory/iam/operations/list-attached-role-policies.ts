import { text } from '../../input.ts';
import { iamOperation, listInput, listPage, roleName } from '../iam-operation.ts';
import { viewAttached } from '../identities.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies = iamOperation({
  input: { RoleName: roleName, PathPrefix: text.optional(), ...listInput },
  run: ({ RoleName, PathPrefix, ...page }, context) => {
    const identity = { record: requireRole(RoleName, context), kind: 'role', name: RoleName } as const;
    return listPage('AttachedPolicies', viewAttached(identity, PathPrefix, context), page);
  },
});
