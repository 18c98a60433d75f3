import { AwsError } from '../../../../aws-error.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export const getPublicAccessBlock = bucketOperation({
  input: {},
  run: ({ name, publicAccessBlock }) => {
    if (publicAccessBlock) return { PublicAccessBlockConfiguration: publicAccessBlock };
    throw new AwsError(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
      { statusCode: 404, details: { BucketName: name } },
    );
  },
});
