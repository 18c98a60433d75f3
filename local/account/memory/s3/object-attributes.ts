import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { flag, text } from '../input.ts';
import { isOwnerOnly } from './acl.ts';
import { type AclInput, requestedGrants } from './acl-input.ts';
import { assertAcceptsGrants } from './public-access.ts';
import type { BucketRecord, VersionRecord } from './state.ts';

/** What a request can say of an object beside its body, and that is answered as it was said. */
export const contentInput = {
  CacheControl: text.optional(),
  ContentDisposition: text.optional(),
  ContentEncoding: text.optional(),
  ContentLanguage: text.optional(),
  ContentType: text.optional(),
  Expires: z.union([z.date(), text.transform((value) => new Date(value))]).optional(),
  Metadata: z.record(text, text).optional(),
  WebsiteRedirectLocation: text.optional(),
};

export const storageInput = {
  ServerSideEncryption: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']).optional(),
  SSEKMSKeyId: text.optional(),
  BucketKeyEnabled: flag.optional(),
  StorageClass: z
    .enum([
      'STANDARD',
      'REDUCED_REDUNDANCY',
      'STANDARD_IA',
      'ONEZONE_IA',
      'INTELLIGENT_TIERING',
      'GLACIER',
      'GLACIER_IR',
      'DEEP_ARCHIVE',
    ])
    .optional(),
};

/** Digests of the content. They are kept as given: the wire holds them against the body. */
export const checksumInput = {
  ChecksumCRC32: text.optional(),
  ChecksumCRC32C: text.optional(),
  ChecksumCRC64NVME: text.optional(),
  ChecksumSHA1: text.optional(),
  ChecksumSHA256: text.optional(),
};

type StorageInput = z.output<z.ZodObject<typeof storageInput>>;
type ContentInput = z.output<z.ZodObject<typeof contentInput>>;

const MAX_METADATA_BYTES = 2048;

/** @throws AwsError MetadataTooLarge */
export function contentAttributes(input: ContentInput): Record<string, unknown> {
  const metadata = Object.entries(input.Metadata ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  if (Buffer.byteLength(metadata.flat().join('')) > MAX_METADATA_BYTES) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  return { ContentType: 'binary/octet-stream', ...input, Metadata: Object.fromEntries(metadata) };
}

/** How an object is encrypted and stored: as asked, else as its bucket says. */
export function storageAttributes(input: StorageInput, bucket: BucketRecord): Record<string, unknown> {
  const { StorageClass, ...encryption } = input;
  const asked = encryption.ServerSideEncryption ? encryption : bucketDefault(bucket);
  return { ...asked, ...(StorageClass && StorageClass !== 'STANDARD' ? { StorageClass } : {}) };
}

/** The part of the attributes that PutObject and CopyObject answer with. */
export function encryptionOf({ attributes }: VersionRecord): Record<string, unknown> {
  const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = attributes;
  return withoutUndefined({ ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled });
}

export function checksumsOf({ attributes }: VersionRecord): Record<string, unknown> {
  const found = Object.entries(attributes).filter(([name]) => Object.hasOwn(checksumInput, name));
  return found.length > 0 ? { ...Object.fromEntries(found), ChecksumType: 'FULL_OBJECT' } : {};
}

/**
 * ACLs of objects are not kept; those that the bucket would not take are refused.
 * @throws AwsError AccessControlListNotSupported, AccessDenied
 */
export function assertObjectAcl(bucket: BucketRecord, input: AclInput, accountId: string): void {
  const grants = requestedGrants(input, accountId);
  if (grants && !isOwnerOnly(grants, accountId)) assertAcceptsGrants(bucket, grants, accountId);
}

export function withoutUndefined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const defaultRule = z.object({
  Rules: z.tuple([
    z.object({
      ApplyServerSideEncryptionByDefault: z.object({
        SSEAlgorithm: text,
        KMSMasterKeyID: text.optional(),
      }),
      BucketKeyEnabled: z.boolean(),
    }),
  ]),
});

function bucketDefault({ encryption }: BucketRecord): Record<string, unknown> {
  const rule = defaultRule.safeParse(encryption).data?.Rules[0];
  const applied = rule?.ApplyServerSideEncryptionByDefault;
  if (rule === undefined || applied === undefined || applied.SSEAlgorithm === 'AES256') {
    return { ServerSideEncryption: 'AES256' };
  }
  return withoutUndefined({
    ServerSideEncryption: applied.SSEAlgorithm,
    SSEKMSKeyId: applied.KMSMasterKeyID,
    BucketKeyEnabled: rule.BucketKeyEnabled || undefined,
  });
}
