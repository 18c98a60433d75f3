import { AwsError } from '../../../../aws-error.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket = bucketOperation({
  input: {},
  run: (bucket, _input, { state }) => {
    if (bucket.objects.size > 0) {
      const all = bucket.versioning === undefined ? '' : ' You must delete all versions in the bucket.';
      throw new AwsError('BucketNotEmpty', `The bucket you tried to delete is not empty.${all}`, {
        statusCode: 409,
        details: { BucketName: bucket.name },
      });
    }
    state.s3.buckets.delete(bucket.name);
    return {};
  },
});
