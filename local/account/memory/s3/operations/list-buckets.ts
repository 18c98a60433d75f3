import { integer, text } from '../../input.ts';
import { paginate } from '../../pagination.ts';
import { ownerOf } from '../acl.ts';
import { bucketArn } from '../buckets.ts';
import { s3Operation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets = s3Operation({
  input: {
    MaxBuckets: integer.optional(),
    ContinuationToken: text.optional(),
    Prefix: text.optional(),
    BucketRegion: text.optional(),
  },
  run: ({ MaxBuckets, ContinuationToken, Prefix, BucketRegion }, { state, accountId }) => {
    const found = [...state.s3.buckets.values()]
      .filter(({ name }) => name.startsWith(Prefix ?? ''))
      .filter(({ region }) => BucketRegion === undefined || region === BucketRegion)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, nextToken } = paginate(found, {
      maxResults: MaxBuckets,
      nextToken: ContinuationToken,
      invalidTokenCode: 'InvalidArgument',
    });
    return {
      Buckets: items.map(({ name, creationDate, region }) => ({
        Name: name,
        CreationDate: creationDate,
        BucketRegion: region,
        BucketArn: bucketArn(name),
      })),
      Owner: ownerOf(accountId),
      ...(Prefix === undefined ? {} : { Prefix }),
      ...(nextToken === undefined ? {} : { ContinuationToken: nextToken }),
    };
  },
});
