import { text } from '../../input.ts';
import { iamOperation, policyArn } from '../iam-operation.ts';
import { isOwn, requirePolicy, requireVersion, viewAwsManagedVersion, viewVersion } from '../policies.ts';
import { encodeDocument } from '../policy-documents.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion = iamOperation({
  input: { PolicyArn: policyArn, VersionId: text },
  run: ({ PolicyArn, VersionId }, context) => {
    const policy = requirePolicy(PolicyArn, context);
    if (!isOwn(policy)) {
      const PolicyVersion = viewAwsManagedVersion(policy, { versionId: VersionId, withDocument: true });
      return { PolicyVersion };
    }
    const version = requireVersion(policy, VersionId);
    const Document = encodeDocument(version.document);
    return { PolicyVersion: { ...viewVersion(version, policy), Document } };
  },
});
