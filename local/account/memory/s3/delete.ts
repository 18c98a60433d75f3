import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import { putDeleteMarker, removeVersion } from './objects.ts';
import type { BucketRecord } from './state.ts';

export interface Deletion {
  readonly DeleteMarker?: true;
  readonly VersionId?: string;
}

/**
 * Deletes one version, or the object as its bucket's versioning has it: for good, or by a marker.
 * What is not there is no error.
 */
export function deleteKey(
  bucket: BucketRecord,
  { key, versionId }: { key: string; versionId: string | undefined },
  context: MemoryContext,
): Deletion {
  if (versionId !== undefined) {
    if (bucket.versioning === undefined && versionId !== 'null') {
      throw new AwsError('InvalidArgument', 'Invalid version id specified');
    }
    const removed = removeVersion(bucket, key, versionId);
    return { VersionId: versionId, ...(removed?.isDeleteMarker ? { DeleteMarker: true } : {}) };
  }
  if (bucket.versioning === undefined) {
    removeVersion(bucket, key, 'null');
    return {};
  }
  const marker = putDeleteMarker(bucket, key, context);
  return { DeleteMarker: true, VersionId: marker.versionId };
}
