import { bucketOperation } from '../s3-operation.ts';
import { tagging, toTagMap } from '../tags.ts';

/**
 * Replaces all tags.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html
 */
export const putBucketTagging = bucketOperation({
  input: { Tagging: tagging },
  hasDocument: true,
  run: (bucket, { Tagging }) => {
    bucket.tags = toTagMap(Tagging.TagSet);
    return {};
  },
});
