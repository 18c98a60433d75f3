import { iamOperation, noSuchEntity, profileName, roleName } from '../iam-operation.ts';
import { requireProfile } from '../instance-profiles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html */
export const removeRoleFromInstanceProfile = iamOperation({
  input: { InstanceProfileName: profileName, RoleName: roleName },
  run: ({ InstanceProfileName, RoleName }, context) => {
    const profile = requireProfile(InstanceProfileName, context);
    if (profile.roleName !== RoleName) {
      throw noSuchEntity(`Role ${RoleName} is not in instance profile ${InstanceProfileName}.`);
    }
    profile.roleName = undefined;
    return {};
  },
});
