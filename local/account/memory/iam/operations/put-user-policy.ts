import { document, iamOperation, policyName, userName } from '../iam-operation.ts';
import { putInlinePolicy } from '../identities.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export const putUserPolicy = iamOperation({
  input: { UserName: userName, PolicyName: policyName, PolicyDocument: document },
  run: ({ UserName, PolicyName, PolicyDocument }, context) => {
    putInlinePolicy(
      { record: requireUser(UserName, context), kind: 'user', name: UserName },
      PolicyName,
      PolicyDocument,
    );
    return {};
  },
});
