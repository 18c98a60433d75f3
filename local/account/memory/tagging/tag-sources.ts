import { cloudTrailTagSource } from '../cloudtrail/tag-source.ts';
import { ec2TagSource } from '../ec2/tag-source.ts';
import { kmsTagSource } from '../kms/tag-source.ts';
import { s3TagSource } from '../s3/tag-source.ts';
import type { TagSource } from './tag-source.ts';

/** The services whose resources carry tags. */
export const tagSources: readonly TagSource[] = [
  ec2TagSource,
  s3TagSource,
  cloudTrailTagSource,
  kmsTagSource,
];
