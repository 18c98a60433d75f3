import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { flag, integer, text, texts } from '../../input.ts';
import { checkedMaxKeys, encoderOf, listKeys, liveKeys } from '../listing.ts';
import { viewObjects } from '../object-view.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2 = bucketOperation({
  input: {
    Prefix: text.default(''),
    Delimiter: text.optional(),
    EncodingType: z.literal('url').optional(),
    MaxKeys: integer.optional(),
    ContinuationToken: text.optional(),
    StartAfter: text.optional(),
    FetchOwner: flag.default(false),
    RequestPayer: text.optional(),
    OptionalObjectAttributes: texts.optional(),
  },
  run: (bucket, input, { accountId }) => {
    const maxKeys = checkedMaxKeys(input.MaxKeys);
    const token = input.ContinuationToken;
    const { page, isTruncated } = listKeys(liveKeys(bucket), {
      prefix: input.Prefix,
      delimiter: input.Delimiter ?? '',
      after: token === undefined ? (input.StartAfter ?? '') : fromToken(token),
      maxKeys,
    });
    const encode = encoderOf(input.EncodingType);
    const keys = page.flatMap(({ kind, name }) => (kind === 'key' ? [name] : []));
    const prefixes = page.flatMap(({ kind, name }) => (kind === 'prefix' ? [{ Prefix: encode(name) }] : []));
    const contents = viewObjects(bucket, keys, { accountId, withOwner: input.FetchOwner, encode });
    return {
      IsTruncated: isTruncated,
      ...(contents.length > 0 ? { Contents: contents } : {}),
      Name: bucket.name,
      Prefix: encode(input.Prefix),
      ...(input.Delimiter ? { Delimiter: encode(input.Delimiter) } : {}),
      MaxKeys: maxKeys,
      ...(prefixes.length > 0 ? { CommonPrefixes: prefixes } : {}),
      ...(input.EncodingType ? { EncodingType: input.EncodingType } : {}),
      KeyCount: page.length,
      ...(token === undefined ? {} : { ContinuationToken: token }),
      ...(isTruncated ? { NextContinuationToken: toToken(page.at(-1)?.name ?? '') } : {}),
      ...(input.StartAfter === undefined ? {} : { StartAfter: encode(input.StartAfter) }),
    };
  },
});

const MARK = 'after:';

function toToken(name: string): string {
  return Buffer.from(MARK + name).toString('base64url');
}

function fromToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith(MARK)) return text.slice(MARK.length);
  throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
}
