import { createHash } from 'node:crypto';
import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import type { BucketRecord, VersionRecord } from './state.ts';

const MAX_KEY_BYTES = 1024;

/** @throws AwsError KeyTooLongError */
export function assertKey(key: string): void {
  if (key === '') throw new AwsError('InvalidArgument', 'Object keys have at least one character.');
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new AwsError('KeyTooLongError', 'Your key is too long', {
      details: { Size: Buffer.byteLength(key), MaxSizeAllowed: MAX_KEY_BYTES },
    });
  }
}

/** The newest version of a key, which may be a delete marker. */
export function currentVersion(bucket: BucketRecord, key: string): VersionRecord | undefined {
  return bucket.objects.get(key)?.at(-1);
}

/**
 * The object that GetObject means.
 * @throws AwsError NoSuchKey, NoSuchVersion, MethodNotAllowed for the version of a delete marker
 */
export function requireObject(bucket: BucketRecord, key: string, versionId?: string): VersionRecord {
  const found =
    versionId === undefined
      ? currentVersion(bucket, key)
      : bucket.objects.get(key)?.find((version) => version.versionId === versionId);
  if (found && !found.isDeleteMarker) return found;
  if (versionId === undefined) throw noSuchKey(key);
  if (found === undefined) throw noSuchVersion(key, versionId);
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    statusCode: 405,
    details: { Method: 'GET', ResourceType: 'DeleteMarker' },
  });
}

export interface NewVersion {
  readonly key: string;
  readonly body: Uint8Array;
  readonly attributes: VersionRecord['attributes'];
  readonly tags: ReadonlyMap<string, string>;
  /** @default the MD5 of the body */
  readonly etag?: string;
}

/** Writes an object: a version of its own where versioning is enabled, else in place of the `null` version. */
export function putVersion(bucket: BucketRecord, version: NewVersion, context: MemoryContext): VersionRecord {
  return append(bucket, { etag: md5(version.body), ...version, isDeleteMarker: false }, context);
}

/** Puts a delete marker on top of a key. */
export function putDeleteMarker(bucket: BucketRecord, key: string, context: MemoryContext): VersionRecord {
  const nothing = { body: new Uint8Array(), attributes: {}, tags: new Map(), etag: '' };
  return append(bucket, { ...nothing, key, isDeleteMarker: true }, context);
}

/** Takes one version away for good. */
export function removeVersion(
  bucket: BucketRecord,
  key: string,
  versionId: string,
): VersionRecord | undefined {
  const versions = bucket.objects.get(key) ?? [];
  const removed = versions.find((version) => version.versionId === versionId);
  const kept = versions.filter((version) => version !== removed);
  if (kept.length > 0) bucket.objects.set(key, kept);
  else bucket.objects.delete(key);
  return removed;
}

/** The version ID as an answer has it: buckets that never had versioning show none. */
export function shownVersion(bucket: BucketRecord, { versionId }: VersionRecord): { VersionId?: string } {
  return bucket.versioning === undefined ? {} : { VersionId: versionId };
}

/** An ETag as it is written: with quotes. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

function append(
  bucket: BucketRecord,
  version: Omit<VersionRecord, 'versionId' | 'lastModified'>,
  { ids, clock }: MemoryContext,
): VersionRecord {
  const versionId = bucket.versioning === 'Enabled' ? ids.hex(32) : 'null';
  const record = { ...version, versionId, lastModified: clock.now() };
  const others = (bucket.objects.get(version.key) ?? []).filter((each) => each.versionId !== versionId);
  bucket.objects.set(version.key, [...others, record]);
  return record;
}

function md5(body: Uint8Array): string {
  return createHash('md5').update(body).digest('hex');
}

function noSuchKey(key: string): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', {
    statusCode: 404,
    details: { Key: key },
  });
}

function noSuchVersion(key: string, versionId: string): AwsError {
  return new AwsError('NoSuchVersion', 'The specified version does not exist.', {
    statusCode: 404,
    details: { Key: key, VersionId: versionId },
  });
}
