import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws-error.ts';

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Keeps web pages out: a page that a browser on this machine shows could otherwise reach the endpoint, by a plain
 * cross-origin request or by a name of its own that it rebinds to 127.0.0.1.
 *
 * @throws AwsError AccessDeniedException (403)
 */
export function refuseBrowsers(headers: IncomingHttpHeaders): void {
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (!LOCAL_HOSTS.has(host)) {
    throw denied(`The Host header must be 127.0.0.1, localhost or [::1], not '${headers.host ?? ''}'`);
  }
  if (headers.origin !== undefined) {
    throw denied(`Requests of web pages are refused (Origin: ${headers.origin})`);
  }
}

function denied(message: string): AwsError {
  return new AwsError('AccessDeniedException', message, { statusCode: 403 });
}
