import { iamOperation, limitExceeded, profileName, roleName } from '../iam-operation.ts';
import { requireProfile } from '../instance-profiles.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html */
export const addRoleToInstanceProfile = iamOperation({
  input: { InstanceProfileName: profileName, RoleName: roleName },
  run: ({ InstanceProfileName, RoleName }, context) => {
    const profile = requireProfile(InstanceProfileName, context);
    requireRole(RoleName, context);
    if (profile.roleName !== undefined) {
      throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
    }
    profile.roleName = RoleName;
    return {};
  },
});
