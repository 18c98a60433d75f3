import { readInput, readObject } from '../read-object.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject = bucketOperation({
  input: readInput,
  run: (bucket, input) => {
    const { head, body } = readObject(bucket, input);
    return { ...head, Body: body };
  },
});
