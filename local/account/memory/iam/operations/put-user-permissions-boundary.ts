import { iamOperation, policyArn, userName } from '../iam-operation.ts';
import { assertBoundary } from '../identities.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export const putUserPermissionsBoundary = iamOperation({
  input: { UserName: userName, PermissionsBoundary: policyArn },
  run: ({ UserName, PermissionsBoundary }, context) => {
    const record = requireUser(UserName, context);
    assertBoundary(PermissionsBoundary, context);
    record.permissionsBoundary = PermissionsBoundary;
    return {};
  },
});
