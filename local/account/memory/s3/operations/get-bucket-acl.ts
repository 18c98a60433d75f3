import { ownerOf } from '../acl.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = bucketOperation({
  input: {},
  run: ({ grants }, _input, { accountId }) => ({ Owner: ownerOf(accountId), Grants: grants }),
});
