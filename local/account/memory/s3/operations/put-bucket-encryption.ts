import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { flag, text } from '../../input.ts';
import { bucketOperation } from '../s3-operation.ts';

const rule = z.strictObject({
  ApplyServerSideEncryptionByDefault: z
    .strictObject({
      SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
      KMSMasterKeyID: text.optional(),
    })
    .optional(),
  BucketKeyEnabled: flag.optional(),
  BlockedEncryptionTypes: z
    .strictObject({ EncryptionType: z.array(z.enum(['NONE', 'SSE-C'])).optional() })
    .optional(),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const putBucketEncryption = bucketOperation({
  input: { ServerSideEncryptionConfiguration: z.strictObject({ Rules: z.tuple([rule]) }) },
  hasDocument: true,
  run: (bucket, { ServerSideEncryptionConfiguration }) => {
    const [{ ApplyServerSideEncryptionByDefault: applied, BucketKeyEnabled = false, ...rest }] =
      ServerSideEncryptionConfiguration.Rules;
    if (applied?.SSEAlgorithm === 'AES256' && applied.KMSMasterKeyID !== undefined) {
      throw new AwsError(
        'InvalidArgument',
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
      );
    }
    const kept = { ApplyServerSideEncryptionByDefault: applied ?? { SSEAlgorithm: 'AES256' } };
    bucket.encryption = { Rules: [{ ...rest, ...kept, BucketKeyEnabled }] };
    return {};
  },
});
