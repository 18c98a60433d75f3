import { text } from '../../input.ts';
import { wholeSeconds } from '../../times.ts';
import { iamOperation, policyArn } from '../iam-operation.ts';
import { requireOwnPolicy, requireVersion } from '../policies.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion = iamOperation({
  input: { PolicyArn: policyArn, VersionId: text },
  run: ({ PolicyArn, VersionId }, context) => {
    const policy = requireOwnPolicy(PolicyArn, context);
    policy.defaultVersionId = requireVersion(policy, VersionId).versionId;
    policy.updateDate = wholeSeconds(context.clock.now());
    return {};
  },
});
