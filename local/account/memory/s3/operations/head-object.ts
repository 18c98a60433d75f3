import { readInput, readObject } from '../read-object.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject = bucketOperation({
  input: readInput,
  isHead: true,
  run: (bucket, input) => readObject(bucket, input).head,
});
