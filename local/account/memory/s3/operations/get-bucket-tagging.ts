import { AwsError } from '../../../../aws-error.ts';
import { bucketOperation } from '../s3-operation.ts';
import { toTagSet } from '../tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging = bucketOperation({
  input: {},
  run: ({ name, tags }) => {
    if (tags?.size) return { TagSet: toTagSet(tags) };
    throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', {
      statusCode: 404,
      details: { BucketName: name },
    });
  },
});
