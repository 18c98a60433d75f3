import { deleteConflict, iamOperation, roleName } from '../iam-operation.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const deleteRole = iamOperation({
  input: { RoleName: roleName },
  run: ({ RoleName }, context) => {
    const { iam } = context.state;
    const role = requireRole(RoleName, context);
    if ([...iam.instanceProfiles.values()].some((profile) => profile.roleName === RoleName)) {
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    if (role.attachedPolicies.size > 0) {
      throw deleteConflict('Cannot delete entity, must detach all policies first.');
    }
    if (role.inlinePolicies.size > 0) {
      throw deleteConflict('Cannot delete entity, must delete policies first.');
    }
    iam.roles.delete(RoleName);
    return {};
  },
});
