import { text } from '../../input.ts';
import { requireKeyById } from '../keys.ts';
import { kmsOperation, pageInput, pageOf } from '../kms-operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export const listResourceTags = kmsOperation({
  input: { KeyId: text.min(1), ...pageInput },
  run: ({ KeyId, ...input }, context) => {
    const { tags } = requireKeyById(KeyId, context);
    const { items, end } = pageOf([...(tags ?? [])], input, 50);
    return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...end };
  },
});
