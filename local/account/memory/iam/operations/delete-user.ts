import { deleteConflict, iamOperation, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser = iamOperation({
  input: { UserName: userName },
  run: ({ UserName }, context) => {
    const user = requireUser(UserName, context);
    const first = [
      { is: user.accessKeys.size > 0, must: 'delete access keys' },
      { is: user.loginProfile !== undefined, must: 'delete login profile' },
      { is: user.attachedPolicies.size > 0, must: 'detach all policies' },
      { is: user.inlinePolicies.size > 0, must: 'delete policies' },
    ].find(({ is }) => is);
    if (first) throw deleteConflict(`Cannot delete entity, must ${first.must} first.`);
    context.state.iam.users.delete(UserName);
    return {};
  },
});
