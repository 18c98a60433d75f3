import { z } from 'zod';
import { integer, text } from '../../input.ts';
import { ownerOf } from '../acl.ts';
import { checkedMaxKeys, encoderOf, listKeys } from '../listing.ts';
import { bucketOperation } from '../s3-operation.ts';
import type { BucketRecord, UploadRecord } from '../state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads = bucketOperation({
  input: {
    Prefix: text.default(''),
    Delimiter: text.default(''),
    EncodingType: z.literal('url').optional(),
    KeyMarker: text.default(''),
    UploadIdMarker: text.optional(),
    MaxUploads: integer.optional(),
    RequestPayer: text.optional(),
  },
  run: (bucket, input, { accountId }) => {
    const { Prefix, Delimiter, EncodingType, KeyMarker, UploadIdMarker } = input;
    const maxUploads = checkedMaxKeys(input.MaxUploads);
    const encode = encoderOf(EncodingType);
    const all = entriesOf(bucket, input);
    const page = all.slice(0, maxUploads);
    const isTruncated = maxUploads > 0 && all.length > maxUploads;
    const last = page.at(-1);
    const uploads = page.flatMap(({ upload }) => (upload ? [upload] : []));
    const prefixes = page.flatMap(({ name, upload }) => (upload ? [] : [{ Prefix: encode(name) }]));
    const owner = ownerOf(accountId);
    return {
      Bucket: bucket.name,
      KeyMarker: encode(KeyMarker),
      UploadIdMarker: UploadIdMarker ?? '',
      ...(isTruncated && last ? { NextKeyMarker: encode(last.name) } : {}),
      ...(isTruncated && last?.upload ? { NextUploadIdMarker: last.upload.uploadId } : {}),
      Prefix: encode(Prefix),
      ...(Delimiter === '' ? {} : { Delimiter: encode(Delimiter) }),
      MaxUploads: maxUploads,
      IsTruncated: isTruncated,
      ...(uploads.length > 0
        ? {
            Uploads: uploads.map(({ uploadId, key, initiated, attributes }) => ({
              UploadId: uploadId,
              Key: encode(key),
              Initiated: initiated,
              StorageClass: attributes.StorageClass ?? 'STANDARD',
              Owner: owner,
              Initiator: owner,
            })),
          }
        : {}),
      ...(prefixes.length > 0 ? { CommonPrefixes: prefixes } : {}),
      ...(EncodingType ? { EncodingType } : {}),
    };
  },
});

interface ListedUpload {
  /** A key, or what keys have in common up to the delimiter: then without an upload. */
  readonly name: string;
  readonly upload: UploadRecord | undefined;
}

/** By key, those of one key in the order of their beginning; what comes before the markers is left out. */
function entriesOf(
  bucket: BucketRecord,
  request: { Prefix: string; Delimiter: string; KeyMarker: string; UploadIdMarker?: string | undefined },
): ListedUpload[] {
  const { Prefix, Delimiter, KeyMarker, UploadIdMarker } = request;
  const byKey = Map.groupBy(bucket.uploads.values(), ({ key }) => key);
  const { page } = listKeys(byKey.keys(), {
    prefix: Prefix,
    delimiter: Delimiter,
    after: UploadIdMarker === undefined ? KeyMarker : '',
    maxKeys: Number.POSITIVE_INFINITY,
  });
  const all = page.flatMap(({ kind, name }): ListedUpload[] =>
    kind === 'prefix'
      ? [{ name, upload: undefined }]
      : (byKey.get(name) ?? []).map((upload) => ({ name, upload })),
  );
  if (UploadIdMarker === undefined) return all;
  const marked = all.findIndex(({ upload }) => upload?.uploadId === UploadIdMarker);
  return marked < 0 ? all.filter(({ name }) => name > KeyMarker) : all.slice(marked + 1);
}
