import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws-error.ts';

/** Who signed a request, and for which service and region. Signatures themselves are not checked here. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/**
 * Reads the SigV4 credential scope of a request: from its Authorization header, or from the query of a presigned URL.
 *
 * @throws AwsError MissingAuthenticationToken (403), IncompleteSignature (400)
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function readCredentialScope(headers: IncomingHttpHeaders, query: URLSearchParams): CredentialScope {
  const { authorization } = headers;
  const credential = authorization
    ? /\bCredential=([^,\s]+)/.exec(authorization)?.[1]
    : (query.get('X-Amz-Credential') ?? undefined);
  if (!authorization && credential === undefined) {
    throw new AwsError(
      'MissingAuthenticationToken',
      'Request is missing Authentication Token: sign it, with any access key (AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test)',
      { statusCode: 403 },
    );
  }
  // From the right: only the access key may have a slash in it.
  const parts = (credential ?? '').split('/');
  const [region, service, terminator] = parts.slice(-3);
  const accessKeyId = parts.slice(0, -4).join('/');
  if (!accessKeyId || !region || !service || terminator !== 'aws4_request') {
    throw new AwsError(
      'IncompleteSignature',
      "Credential must have at least 5 slash-delimited elements, such as 'test/20240513/us-east-1/ssm/aws4_request'",
    );
  }
  return { accessKeyId, region, service };
}
