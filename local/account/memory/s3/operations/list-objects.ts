import { z } from 'zod';
import { integer, text, texts } from '../../input.ts';
import { checkedMaxKeys, encoderOf, listKeys, liveKeys } from '../listing.ts';
import { viewObjects } from '../object-view.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects = bucketOperation({
  input: {
    Prefix: text.default(''),
    Delimiter: text.optional(),
    EncodingType: z.literal('url').optional(),
    Marker: text.default(''),
    MaxKeys: integer.optional(),
    RequestPayer: text.optional(),
    OptionalObjectAttributes: texts.optional(),
  },
  run: (bucket, { Prefix, Delimiter, EncodingType, Marker, MaxKeys }, { accountId }) => {
    const maxKeys = checkedMaxKeys(MaxKeys);
    const { page, isTruncated } = listKeys(liveKeys(bucket), {
      prefix: Prefix,
      delimiter: Delimiter ?? '',
      after: Marker,
      maxKeys,
    });
    const encode = encoderOf(EncodingType);
    const keys = page.flatMap(({ kind, name }) => (kind === 'key' ? [name] : []));
    const prefixes = page.flatMap(({ kind, name }) => (kind === 'prefix' ? [{ Prefix: encode(name) }] : []));
    const contents = viewObjects(bucket, keys, { accountId, withOwner: true, encode });
    return {
      IsTruncated: isTruncated,
      Marker: encode(Marker),
      ...(contents.length > 0 ? { Contents: contents } : {}),
      Name: bucket.name,
      Prefix: encode(Prefix),
      ...(Delimiter ? { Delimiter: encode(Delimiter) } : {}),
      MaxKeys: maxKeys,
      ...(prefixes.length > 0 ? { CommonPrefixes: prefixes } : {}),
      ...(EncodingType ? { EncodingType } : {}),
      // Without a delimiter clients go on from the last key themselves.
      ...(isTruncated && Delimiter ? { NextMarker: encode(page.at(-1)?.name ?? '') } : {}),
    };
  },
});
