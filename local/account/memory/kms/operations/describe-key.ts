import { text, texts } from '../../input.ts';
import { viewKey } from '../key-view.ts';
import { requireKey } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = kmsOperation({
  input: { KeyId: text.min(1), GrantTokens: texts.optional() },
  run: ({ KeyId }, context) => ({ KeyMetadata: viewKey(requireKey(KeyId, context), context.accountId) }),
});
