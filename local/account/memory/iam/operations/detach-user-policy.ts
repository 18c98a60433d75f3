import { iamOperation, policyArn, userName } from '../iam-operation.ts';
import { detachPolicy } from '../identities.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html */
export const detachUserPolicy = iamOperation({
  input: { UserName: userName, PolicyArn: policyArn },
  run: ({ UserName, PolicyArn }, context) => {
    detachPolicy(
      { record: requireUser(UserName, context), kind: 'user', name: UserName },
      PolicyArn,
      context,
    );
    return {};
  },
});
