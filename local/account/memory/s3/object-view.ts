import type { JsonObject } from '../../../service.ts';
import { ownerOf } from './acl.ts';
import { currentVersion, quoted } from './objects.ts';
import type { BucketRecord, VersionRecord } from './state.ts';

export interface ViewOptions {
  readonly accountId: string;
  readonly withOwner: boolean;
  readonly encode: (text: string) => string;
}

/** A version as listings of objects show it. */
export function viewObject(
  version: VersionRecord,
  { accountId, withOwner, encode }: ViewOptions,
): JsonObject {
  return {
    Key: encode(version.key),
    LastModified: version.lastModified,
    ETag: quoted(version.etag),
    Size: version.body.length,
    StorageClass: version.attributes.StorageClass ?? 'STANDARD',
    ...(withOwner ? { Owner: ownerOf(accountId) } : {}),
  };
}

/** The objects among what a page lists. */
export function viewObjects(
  bucket: BucketRecord,
  keys: readonly string[],
  options: ViewOptions,
): readonly JsonObject[] {
  return keys.flatMap((key) => {
    const version = currentVersion(bucket, key);
    return version ? [viewObject(version, options)] : [];
  });
}
