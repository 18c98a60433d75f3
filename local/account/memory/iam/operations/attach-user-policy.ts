import { iamOperation, policyArn, userName } from '../iam-operation.ts';
import { attachPolicy } from '../identities.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
export const attachUserPolicy = iamOperation({
  input: { UserName: userName, PolicyArn: policyArn },
  run: ({ UserName, PolicyArn }, context) => {
    attachPolicy(
      { record: requireUser(UserName, context), kind: 'user', name: UserName },
      PolicyArn,
      context,
    );
    return {};
  },
});
