import { iamOperation, listInput, listPage, roleName } from '../iam-operation.ts';
import { viewProfile } from '../instance-profiles.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
export const listInstanceProfilesForRole = iamOperation({
  input: { RoleName: roleName, ...listInput },
  run: ({ RoleName, ...page }, context) => {
    requireRole(RoleName, context);
    const profiles = [...context.state.iam.instanceProfiles.values()].filter(
      (profile) => profile.roleName === RoleName,
    );
    return listPage(
      'InstanceProfiles',
      profiles.map((profile) => viewProfile(profile, context)),
      page,
    );
  },
});
