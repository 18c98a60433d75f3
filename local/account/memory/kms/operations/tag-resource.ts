import { text } from '../../input.ts';
import { requireOwnKey } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';
import { assertTaggable, keyTags, putTags } from '../tags.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export const tagResource = kmsOperation({
  input: { KeyId: text.min(1), Tags: keyTags },
  run: ({ KeyId, Tags }, context) => {
    const key = requireOwnKey(KeyId, context);
    assertTaggable(Tags, key.tags);
    putTags(key, Tags);
    return {};
  },
});
