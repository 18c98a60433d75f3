import { text } from '../../input.ts';
import { deleteConflict, iamOperation, policyArn } from '../iam-operation.ts';
import { requireOwnPolicy, requireVersion } from '../policies.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion = iamOperation({
  input: { PolicyArn: policyArn, VersionId: text },
  run: ({ PolicyArn, VersionId }, context) => {
    const policy = requireOwnPolicy(PolicyArn, context);
    const version = requireVersion(policy, VersionId);
    if (policy.defaultVersionId === VersionId) {
      throw deleteConflict('Cannot delete the default version of a policy.');
    }
    policy.versions.splice(policy.versions.indexOf(version), 1);
    return {};
  },
});
