import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws-error.ts';

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** `bucket.localhost`, where SDKs put S3's bucket. Nobody owns a name under it: https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const UNDER_LOCALHOST = /^[a-z0-9][a-z0-9.-]*\.localhost$/;

/**
 * Keeps web pages out: a page that a browser on this machine shows could otherwise reach the endpoint, by a plain
 * cross-origin request or by a name of its own that it rebinds to 127.0.0.1.
 *
 * @throws AwsError AccessDeniedException (403)
 */
export function refuseBrowsers(headers: IncomingHttpHeaders): void {
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (!LOCAL_HOSTS.has(host) && !UNDER_LOCALHOST.test(host)) {
    throw denied(
      `The Host header must be 127.0.0.1, localhost, [::1] or a bucket of S3 before .localhost, not '${headers.host ?? ''}'`,
    );
  }
  if (headers.origin !== undefined) {
    throw denied(`Requests of web pages are refused (Origin: ${headers.origin})`);
  }
}

function denied(message: string): AwsError {
  return new AwsError('AccessDeniedException', message, { statusCode: 403 });
}
