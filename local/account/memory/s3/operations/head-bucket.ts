import { bucketArn } from '../buckets.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket = bucketOperation({
  input: {},
  isHead: true,
  run: ({ name, region }) => ({
    BucketArn: bucketArn(name),
    BucketRegion: region,
    AccessPointAlias: false,
  }),
});
