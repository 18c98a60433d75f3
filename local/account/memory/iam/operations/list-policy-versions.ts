import { iamOperation, listInput, listPage, policyArn } from '../iam-operation.ts';
import { isOwn, requirePolicy, viewAwsManagedVersion, viewVersion } from '../policies.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions = iamOperation({
  input: { PolicyArn: policyArn, ...listInput },
  run: ({ PolicyArn, ...page }, context) => {
    const policy = requirePolicy(PolicyArn, context);
    const versions = isOwn(policy)
      ? policy.versions.map((version) => viewVersion(version, policy))
      : [viewAwsManagedVersion(policy, { withDocument: false })];
    return listPage('Versions', versions, page);
  },
});
