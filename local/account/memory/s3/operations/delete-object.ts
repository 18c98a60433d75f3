import { flag, text } from '../../input.ts';
import { deleteKey } from '../delete.ts';
import { assertKey } from '../objects.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject = bucketOperation({
  input: {
    Key: text,
    VersionId: text.optional(),
    MFA: text.optional(),
    RequestPayer: text.optional(),
    BypassGovernanceRetention: flag.optional(),
  },
  run: (bucket, { Key, VersionId }, context) => {
    assertKey(Key);
    return { ...deleteKey(bucket, { key: Key, versionId: VersionId }, context) };
  },
});
