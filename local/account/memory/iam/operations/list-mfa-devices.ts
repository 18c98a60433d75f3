import { iamOperation, listInput, listPage, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/**
 * There are no devices here.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html
 */
export const listMFADevices = iamOperation({
  input: { UserName: userName, ...listInput },
  run: ({ UserName, ...page }, context) => {
    requireUser(UserName, context);
    return listPage('MFADevices', [], page);
  },
});
