import { text } from '../../input.ts';
import { requireObject, shownVersion } from '../objects.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging = bucketOperation({
  input: { Key: text, VersionId: text.optional() },
  run: (bucket, { Key, VersionId }) => {
    const version = requireObject(bucket, Key, VersionId);
    version.tags = new Map();
    return { ...shownVersion(bucket, version) };
  },
});
