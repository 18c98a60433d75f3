import { flag } from '../../input.ts';
import { wholeSeconds } from '../../times.ts';
import { document, iamOperation, limitExceeded, policyArn } from '../iam-operation.ts';
import { requireOwnPolicy, viewVersion } from '../policies.ts';
import { assertManagedDocument } from '../policy-documents.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const createPolicyVersion = iamOperation({
  input: { PolicyArn: policyArn, PolicyDocument: document, SetAsDefault: flag.default(false) },
  run: ({ PolicyArn, PolicyDocument, SetAsDefault }, context) => {
    const policy = requireOwnPolicy(PolicyArn, context);
    assertManagedDocument(PolicyDocument);
    if (policy.versions.length >= MAX_VERSIONS) {
      throw limitExceeded(
        `A managed policy can have up to ${MAX_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    policy.lastVersion += 1;
    const createDate = wholeSeconds(context.clock.now());
    const version = { versionId: `v${policy.lastVersion}`, document: PolicyDocument, createDate };
    policy.versions.unshift(version);
    policy.updateDate = createDate;
    if (SetAsDefault) policy.defaultVersionId = version.versionId;
    return { PolicyVersion: viewVersion(version, policy) };
  },
});

const MAX_VERSIONS = 5;
