import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { assertCustomer, keyArn, requireKeyById } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';

/**
 * The key is disabled afterwards.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
 */
export const cancelKeyDeletion = kmsOperation({
  input: { KeyId: text.min(1) },
  run: ({ KeyId }, context) => {
    const key = requireKeyById(KeyId, context);
    assertCustomer(key, context);
    const arn = keyArn(key, context.accountId);
    if (key.deletionDate === undefined) {
      throw new AwsError('KMSInvalidStateException', `${arn} is not pending deletion.`);
    }
    key.deletionDate = undefined;
    key.enabled = false;
    return { KeyId: arn };
  },
});
