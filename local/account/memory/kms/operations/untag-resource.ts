import { text, texts } from '../../input.ts';
import { requireOwnKey } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export const untagResource = kmsOperation({
  input: { KeyId: text.min(1), TagKeys: texts },
  run: ({ KeyId, TagKeys }, context) => {
    const { tags } = requireOwnKey(KeyId, context);
    for (const key of TagKeys) tags?.delete(key);
    return {};
  },
});
