import { wholeSeconds } from '../../times.ts';
import {
  description,
  document,
  iamOperation,
  newIamId,
  path,
  policyName,
  tagMap,
  tags,
} from '../iam-operation.ts';
import { assertNameFree } from '../identities.ts';
import { viewPolicy } from '../policies.ts';
import { assertManagedDocument } from '../policy-documents.ts';
import type { PolicyRecord } from '../state.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy = iamOperation({
  input: {
    PolicyName: policyName,
    PolicyDocument: document,
    Path: path,
    Description: description,
    Tags: tags,
  },
  run: (input, context) => {
    const { policies } = context.state.iam;
    const names = [...policies.values()].map((policy) => policy.policyName);
    const taken = `A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`;
    assertNameFree(names, input.PolicyName, taken);
    assertManagedDocument(input.PolicyDocument);
    const createDate = wholeSeconds(context.clock.now());
    const policy: PolicyRecord = {
      policyName: input.PolicyName,
      path: input.Path,
      policyId: newIamId('ANPA', context),
      arn: `arn:aws:iam::${context.accountId}:policy${input.Path}${input.PolicyName}`,
      description: input.Description,
      createDate,
      tags: tagMap(input.Tags),
      versions: [{ versionId: 'v1', document: input.PolicyDocument, createDate }],
      updateDate: createDate,
      defaultVersionId: 'v1',
      lastVersion: 1,
    };
    policies.set(policy.arn, policy);
    return { Policy: viewPolicy(policy, context) };
  },
});
