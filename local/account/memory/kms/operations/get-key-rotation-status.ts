import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { keyArn, requireKeyById } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = kmsOperation({
  input: { KeyId: text.min(1) },
  run: ({ KeyId }, context) => {
    const key = requireKeyById(KeyId, context);
    const arn = keyArn(key, context.accountId);
    if (key.keySpec !== 'SYMMETRIC_DEFAULT') {
      throw new AwsError('UnsupportedOperationException', `${arn} cannot be rotated automatically.`);
    }
    const { rotation } = key;
    if (rotation === undefined || key.deletionDate) return { KeyId: arn, KeyRotationEnabled: false };
    return {
      KeyId: arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.periodInDays,
      NextRotationDate: new Date(rotation.since.getTime() + rotation.periodInDays * DAY_MS),
    };
  },
});
