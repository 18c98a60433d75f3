import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import type { JsonObject } from '../../../../service.ts';
import { flag, text } from '../../input.ts';
import { deleteKey } from '../delete.ts';
import { bucketOperation } from '../s3-operation.ts';

const target = z.strictObject({ Key: text.min(1), VersionId: text.optional() });

/**
 * Up to a thousand; what fails is told for its key alone.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export const deleteObjects = bucketOperation({
  input: {
    Delete: z.strictObject({ Objects: z.array(target).min(1).max(1000), Quiet: flag.default(false) }),
    MFA: text.optional(),
    RequestPayer: text.optional(),
    BypassGovernanceRetention: flag.optional(),
  },
  hasDocument: true,
  run: (bucket, { Delete }, context) => {
    const deleted: JsonObject[] = [];
    const errors: JsonObject[] = [];
    for (const { Key, VersionId } of Delete.Objects) {
      const asked = { Key, ...(VersionId === undefined ? {} : { VersionId }) };
      try {
        const { DeleteMarker, VersionId: made } = deleteKey(
          bucket,
          { key: Key, versionId: VersionId },
          context,
        );
        deleted.push({
          ...asked,
          ...(DeleteMarker ? { DeleteMarker, DeleteMarkerVersionId: made } : {}),
        });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        errors.push({ ...asked, Code: error.code, Message: error.message });
      }
    }
    return {
      ...(Delete.Quiet || deleted.length === 0 ? {} : { Deleted: deleted }),
      ...(errors.length === 0 ? {} : { Errors: errors }),
    };
  },
});
