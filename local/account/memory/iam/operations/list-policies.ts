import { z } from 'zod';
import { flag, text } from '../../input.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import { iamOperation, listInput, listPage } from '../iam-operation.ts';
import { type ManagedPolicy, viewListedPolicy } from '../policies.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies = iamOperation({
  input: {
    Scope: z.enum(['All', 'AWS', 'Local']).default('All'),
    OnlyAttached: flag.default(false),
    PathPrefix: text.default('/'),
    PolicyUsageFilter: z.enum(['PermissionsPolicy', 'PermissionsBoundary']).optional(),
    ...listInput,
  },
  run: ({ Scope, OnlyAttached, PathPrefix, PolicyUsageFilter, ...page }, context) => {
    const { iam } = context.state;
    const all: readonly ManagedPolicy[] = [
      ...(Scope === 'AWS' ? [] : iam.policies.values()),
      ...(Scope === 'Local' ? [] : awsManagedPolicies().values()),
    ];
    const found = all
      .filter((policy) => policy.path.startsWith(PathPrefix))
      .map((policy) => viewListedPolicy(policy, context))
      .filter((view) => !OnlyAttached || Number(view.AttachmentCount) > 0)
      .filter(
        (view) =>
          PolicyUsageFilter !== 'PermissionsBoundary' || Number(view.PermissionsBoundaryUsageCount) > 0,
      )
      .filter((view) => PolicyUsageFilter !== 'PermissionsPolicy' || Number(view.AttachmentCount) > 0);
    return listPage('Policies', found, page);
  },
});
