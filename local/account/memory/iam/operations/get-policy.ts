import { iamOperation, policyArn } from '../iam-operation.ts';
import { requirePolicy, viewPolicy } from '../policies.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy = iamOperation({
  input: { PolicyArn: policyArn },
  run: ({ PolicyArn }, context) => ({ Policy: viewPolicy(requirePolicy(PolicyArn, context), context) }),
});
