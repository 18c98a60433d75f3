import { AwsError } from '../../../../aws-error.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const getBucketOwnershipControls = bucketOperation({
  input: {},
  run: ({ name, ownership }) => {
    if (ownership) return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
    throw new AwsError('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', {
      statusCode: 404,
      details: { BucketName: name },
    });
  },
});
