import { deleteConflict, iamOperation, profileName } from '../iam-operation.ts';
import { requireProfile } from '../instance-profiles.ts';

/**
 * Instances that have the profile keep showing it, as in AWS.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html
 */
export const deleteInstanceProfile = iamOperation({
  input: { InstanceProfileName: profileName },
  run: ({ InstanceProfileName }, context) => {
    if (requireProfile(InstanceProfileName, context).roleName !== undefined) {
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    context.state.iam.instanceProfiles.delete(InstanceProfileName);
    return {};
  },
});
