import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { requireKeyById } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy = kmsOperation({
  input: { KeyId: text.min(1), PolicyName: text.default('default') },
  run: ({ KeyId, PolicyName }, context) => {
    const { policy } = requireKeyById(KeyId, context);
    if (PolicyName !== 'default') throw new AwsError('NotFoundException', 'No such policy exists');
    return { Policy: policy, PolicyName };
  },
});
