import { isIPv4 } from 'node:net';
import { AwsError } from '../../aws-error.ts';
import type { AccountHttpRequest, AccountHttpResponse } from '../account.ts';
import type { Answering } from './answering.ts';
import { unframe } from './aws-chunked.ts';
import { verifyDigests } from './digests.ts';
import type { RestXmlProtocol } from './protocols.ts';
import { readRestXml } from './rest-xml-request.ts';
import { writeRestXml } from './rest-xml-response.ts';

/** Answers a request of S3: the operation is in method, host, path, query and headers. */
export async function answerRestXml(
  request: AccountHttpRequest,
  { protocol, deps, requestId }: Answering<RestXmlProtocol>,
): Promise<AccountHttpResponse> {
  const router = await protocol.loadRouter();
  const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
  const { headers, body } = unframe(request.headers, request.body);
  const { bucket, key } = addressOf(request);
  const shapes = router({ method: request.method, bucket, key, query, headers });
  if (shapes === undefined) {
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      statusCode: 405,
    });
  }
  verifyDigests(headers, body);
  const input = readRestXml({ labels: { Bucket: bucket, Key: key }, query, headers, body }, shapes.input);
  const { service, region } = request;
  const output = await deps.call({ service, region, operation: shapes.name, input });
  const answer = writeRestXml({ operation: shapes, output, namespace: protocol.namespace });
  const identity = { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId };
  return { ...answer, headers: { ...answer.headers, ...identity } };
}

/** Bucket and key, of `/bucket/key` or of `bucket.host/key`. */
function addressOf({ url, headers }: AccountHttpRequest): {
  bucket: string | undefined;
  key: string | undefined;
} {
  const path = (url.split('?')[0] ?? '').replace(/^\//, '');
  const host = bucketOfHost(headers.host ?? '');
  if (host !== undefined) return { bucket: host, key: path === '' ? undefined : decodePath(path) };
  const slash = path.indexOf('/');
  const bucket = decodePath(slash < 0 ? path : path.slice(0, slash));
  const key = slash < 0 ? '' : path.slice(slash + 1);
  return { bucket: bucket || undefined, key: key === '' ? undefined : decodePath(key) };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
function bucketOfHost(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  if (isIPv4(name)) return undefined;
  return /^(.+?)\.(?:localhost$|s3[.-].*amazonaws\.com)/.exec(name)?.[1];
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", { cause });
  }
}
