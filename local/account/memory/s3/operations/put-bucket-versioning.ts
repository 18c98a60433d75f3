import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { bucketOperation } from '../s3-operation.ts';

/**
 * MFA delete cannot be enabled: it takes the root user's device.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html
 */
export const putBucketVersioning = bucketOperation({
  input: {
    VersioningConfiguration: z.strictObject({
      Status: z.enum(['Enabled', 'Suspended']).optional(),
      MFADelete: z.enum(['Enabled', 'Disabled']).optional(),
    }),
    MFA: text.optional(),
  },
  hasDocument: true,
  run: (bucket, { VersioningConfiguration: { Status, MFADelete } }) => {
    if (Status === undefined) {
      throw new AwsError(
        'IllegalVersioningConfigurationException',
        'The Versioning element must be specified',
      );
    }
    if (MFADelete === 'Enabled') {
      throw new AwsError('AccessDenied', 'Mfa Authentication must be used for this request', {
        statusCode: 403,
      });
    }
    bucket.versioning = Status;
    return {};
  },
});
