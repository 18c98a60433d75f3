import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export const deletePublicAccessBlock = bucketOperation({
  input: {},
  run: (bucket) => {
    bucket.publicAccessBlock = undefined;
    return {};
  },
});
