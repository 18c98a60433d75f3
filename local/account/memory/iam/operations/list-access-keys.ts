import { iamOperation, listInput, listPage, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const listAccessKeys = iamOperation({
  input: { UserName: userName, ...listInput },
  run: ({ UserName, ...page }, context) => {
    const keys = [...requireUser(UserName, context).accessKeys.values()].map((key) => ({
      UserName,
      AccessKeyId: key.accessKeyId,
      Status: key.status,
      CreateDate: key.createDate,
    }));
    return listPage('AccessKeyMetadata', keys, page);
  },
});
