import { text } from '../../input.ts';
import { requireObject, shownVersion } from '../objects.ts';
import { bucketOperation } from '../s3-operation.ts';
import { toTagSet } from '../tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging = bucketOperation({
  input: { Key: text, VersionId: text.optional(), RequestPayer: text.optional() },
  run: (bucket, { Key, VersionId }) => {
    const version = requireObject(bucket, Key, VersionId);
    return { ...shownVersion(bucket, version), TagSet: toTagSet(version.tags) };
  },
});
