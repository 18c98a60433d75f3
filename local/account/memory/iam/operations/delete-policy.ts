import { deleteConflict, iamOperation, policyArn } from '../iam-operation.ts';
import { isInUse, requireOwnPolicy } from '../policies.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy = iamOperation({
  input: { PolicyArn: policyArn },
  run: ({ PolicyArn }, context) => {
    const { iam } = context.state;
    const policy = requireOwnPolicy(PolicyArn, context);
    if (isInUse(PolicyArn, iam)) throw deleteConflict('Cannot delete a policy attached to entities.');
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    iam.policies.delete(PolicyArn);
    return {};
  },
});
