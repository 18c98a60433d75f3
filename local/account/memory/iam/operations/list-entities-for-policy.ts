import { z } from 'zod';
import { text } from '../../input.ts';
import { iamOperation, listInput, listPage, policyArn } from '../iam-operation.ts';
import { requirePolicy } from '../policies.ts';
import type { IdentityRecord } from '../state.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const listEntitiesForPolicy = iamOperation({
  input: {
    PolicyArn: policyArn,
    EntityFilter: z.enum(['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy']).optional(),
    PathPrefix: text.default('/'),
    PolicyUsageFilter: z.enum(['PermissionsPolicy', 'PermissionsBoundary']).default('PermissionsPolicy'),
    ...listInput,
  },
  run: ({ PolicyArn, EntityFilter, PathPrefix, PolicyUsageFilter, ...page }, context) => {
    requirePolicy(PolicyArn, context);
    const { roles, users } = context.state.iam;
    const has = (entity: IdentityRecord & { readonly path: string }) =>
      entity.path.startsWith(PathPrefix) &&
      (PolicyUsageFilter === 'PermissionsBoundary'
        ? entity.permissionsBoundary === PolicyArn
        : entity.attachedPolicies.has(PolicyArn));
    const wanted = (kind: 'User' | 'Role') => EntityFilter === undefined || EntityFilter === kind;
    const found = [
      ...(wanted('User') ? [...users.values()].filter(has) : []),
      ...(wanted('Role') ? [...roles.values()].filter(has) : []),
    ];
    const { PolicyEntities, ...more } = listPage('PolicyEntities', found, page);
    const entities = Array.isArray(PolicyEntities)
      ? found.filter((each) => PolicyEntities.includes(each))
      : [];
    return {
      PolicyGroups: [],
      PolicyUsers: entities.flatMap((each) =>
        'userName' in each ? [{ UserName: each.userName, UserId: each.userId }] : [],
      ),
      PolicyRoles: entities.flatMap((each) =>
        'roleName' in each ? [{ RoleName: each.roleName, RoleId: each.roleId }] : [],
      ),
      ...more,
    };
  },
});
