import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import type { JsonObject } from '../../../../service.ts';
import { integer, text, texts } from '../../input.ts';
import { ownerOf } from '../acl.ts';
import { checkedMaxKeys, encoderOf, listKeys } from '../listing.ts';
import { type ViewOptions, viewObject } from '../object-view.ts';
import { bucketOperation } from '../s3-operation.ts';
import type { BucketRecord, VersionRecord } from '../state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions = bucketOperation({
  input: {
    Prefix: text.default(''),
    Delimiter: text.optional(),
    EncodingType: z.literal('url').optional(),
    KeyMarker: text.default(''),
    VersionIdMarker: text.optional(),
    MaxKeys: integer.optional(),
    RequestPayer: text.optional(),
    OptionalObjectAttributes: texts.optional(),
  },
  run: (bucket, { Prefix, Delimiter, EncodingType, KeyMarker, VersionIdMarker, MaxKeys }, { accountId }) => {
    if (VersionIdMarker && !KeyMarker) {
      throw new AwsError('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
    }
    const maxKeys = checkedMaxKeys(MaxKeys);
    const encode = encoderOf(EncodingType);
    const options: ViewOptions = { accountId, withOwner: true, encode };
    const all = entriesOf(bucket, { prefix: Prefix, delimiter: Delimiter ?? '', KeyMarker, VersionIdMarker });
    const page = all.slice(0, maxKeys);
    const isTruncated = maxKeys > 0 && all.length > maxKeys;
    const last = page.at(-1);
    const versions = page.flatMap((entry) =>
      entry.version && !entry.version.isDeleteMarker ? [viewVersion(entry, options)] : [],
    );
    const markers = page.flatMap((entry) =>
      entry.version?.isDeleteMarker ? [viewVersion(entry, options)] : [],
    );
    const prefixes = page.flatMap(({ version, name }) => (version ? [] : [{ Prefix: encode(name) }]));
    return {
      IsTruncated: isTruncated,
      KeyMarker: encode(KeyMarker),
      VersionIdMarker: VersionIdMarker ?? '',
      ...(isTruncated && last ? { NextKeyMarker: encode(last.name) } : {}),
      ...(isTruncated && last?.version ? { NextVersionIdMarker: last.version.versionId } : {}),
      ...(versions.length > 0 ? { Versions: versions } : {}),
      ...(markers.length > 0 ? { DeleteMarkers: markers } : {}),
      Name: bucket.name,
      Prefix: encode(Prefix),
      ...(Delimiter ? { Delimiter: encode(Delimiter) } : {}),
      MaxKeys: maxKeys,
      ...(prefixes.length > 0 ? { CommonPrefixes: prefixes } : {}),
      ...(EncodingType ? { EncodingType } : {}),
    };
  },
});

interface Entry {
  readonly name: string;
  readonly version: VersionRecord | undefined;
  readonly isLatest: boolean;
}

interface Position {
  readonly prefix: string;
  readonly delimiter: string;
  readonly KeyMarker: string;
  readonly VersionIdMarker: string | undefined;
}

/** Versions and common prefixes after a position, the newest version of a key first. */
function entriesOf(
  bucket: BucketRecord,
  { prefix, delimiter, KeyMarker, VersionIdMarker }: Position,
): Entry[] {
  const { page } = listKeys(bucket.objects.keys(), {
    prefix,
    delimiter,
    after: KeyMarker,
    maxKeys: Number.POSITIVE_INFINITY,
  });
  // A page can end amid a key's versions.
  const rest = VersionIdMarker ? versionsOf(bucket, KeyMarker) : [];
  const position = rest.findIndex(({ version }) => version?.versionId === VersionIdMarker);
  return [
    ...(position < 0 ? [] : rest.slice(position + 1)),
    ...page.flatMap(({ kind, name }) =>
      kind === 'key' ? versionsOf(bucket, name) : [{ name, version: undefined, isLatest: false }],
    ),
  ];
}

function versionsOf(bucket: BucketRecord, key: string): Entry[] {
  const versions = (bucket.objects.get(key) ?? []).toReversed();
  return versions.map((version, index) => ({ name: key, version, isLatest: index === 0 }));
}

function viewVersion({ version, isLatest }: Entry, options: ViewOptions): JsonObject {
  if (version === undefined) return {};
  const common = { VersionId: version.versionId, IsLatest: isLatest };
  if (!version.isDeleteMarker) return { ...viewObject(version, options), ...common };
  return {
    Key: options.encode(version.key),
    LastModified: version.lastModified,
    Owner: ownerOf(options.accountId),
    ...common,
  };
}
