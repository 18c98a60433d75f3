import { text } from '../../input.ts';
import { toObjectTags } from '../object-tags.ts';
import { requireObject, shownVersion } from '../objects.ts';
import { bucketOperation } from '../s3-operation.ts';
import { tagging } from '../tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging = bucketOperation({
  input: { Key: text, VersionId: text.optional(), Tagging: tagging, RequestPayer: text.optional() },
  hasDocument: true,
  run: (bucket, { Key, VersionId, Tagging }) => {
    const version = requireObject(bucket, Key, VersionId);
    version.tags = toObjectTags(Tagging.TagSet);
    return { ...shownVersion(bucket, version) };
  },
});
