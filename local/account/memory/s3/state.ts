import type { Grant } from './acl.ts';

/** One version of an object, or the marker that it was deleted. */
export interface VersionRecord {
  readonly key: string;
  /** `null` where it was written while versioning was not enabled. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly lastModified: Date;
  readonly body: Uint8Array;
  /** MD5 in hexadecimal digits, without quotes; of an object of parts the MD5 of theirs, `-` and their number. */
  readonly etag: string;
  /** What GetObject answers with beside the body: content type, encryption, checksums, user metadata … */
  readonly attributes: Readonly<Record<string, unknown>>;
  tags: ReadonlyMap<string, string>;
}

/** A part of an object that is being uploaded. */
export interface PartRecord {
  readonly partNumber: number;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly lastModified: Date;
}

/** An upload in parts that is under way. */
export interface UploadRecord {
  readonly uploadId: string;
  readonly key: string;
  readonly initiated: Date;
  /** Those that the object will have. */
  readonly attributes: VersionRecord['attributes'];
  readonly tags: ReadonlyMap<string, string>;
  readonly parts: Map<number, PartRecord>;
}

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface BucketRecord {
  readonly name: string;
  readonly region: string;
  readonly creationDate: Date;
  grants: readonly Grant[];
  /** Undefined once deleted: then as ObjectWriter. */
  ownership: ObjectOwnership | undefined;
  publicAccessBlock: PublicAccessBlock | undefined;
  policy: string | undefined;
  versioning: 'Enabled' | 'Suspended' | undefined;
  /** Undefined: S3's default of SSE-S3. */
  encryption: Readonly<Record<string, unknown>> | undefined;
  /** Undefined: never tagged. */
  tags: Map<string, string> | undefined;
  logging: Readonly<Record<string, unknown>> | undefined;
  /** Versions of each key, the newest last. */
  readonly objects: Map<string, VersionRecord[]>;
  /** Uploads in parts that are under way, by their IDs. */
  readonly uploads: Map<string, UploadRecord>;
}

/** S3's part of the account. */
export interface S3State {
  readonly buckets: Map<string, BucketRecord>;
}

export function emptyS3State(): S3State {
  return { buckets: new Map() };
}
