import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { integer } from '../input.ts';
import type { MetadataOptions } from './state.ts';

/** Only IPv4 here. */
export const metadataOptions = z.strictObject({
  HttpTokens: z.enum(['optional', 'required']).optional(),
  HttpEndpoint: z.enum(['enabled', 'disabled']).optional(),
  HttpPutResponseHopLimit: integer.optional(),
  HttpProtocolIpv6: z.literal('disabled').optional(),
  InstanceMetadataTags: z.enum(['enabled', 'disabled']).optional(),
});

/** What a call does not name stays as it is. @throws AwsError InvalidParameterValue */
export function changedMetadata(
  options: MetadataOptions,
  change: z.output<typeof metadataOptions>,
): MetadataOptions {
  const limit = change.HttpPutResponseHopLimit;
  if (limit !== undefined && (limit < 1 || limit > 64)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid HttpPutResponseHopLimit '${limit}'. Must be between 1 and 64`,
    );
  }
  return {
    httpTokens: change.HttpTokens ?? options.httpTokens,
    httpEndpoint: change.HttpEndpoint ?? options.httpEndpoint,
    httpPutResponseHopLimit: limit ?? options.httpPutResponseHopLimit,
    instanceMetadataTags: change.InstanceMetadataTags ?? options.instanceMetadataTags,
  };
}
