import { AwsError } from '../aws-error.ts';
import type { AwsJsonService, JsonObject, RequestContext } from '../service.ts';
import type { EndpointResponse } from './response.ts';

/**
 * Answers one request in AWS JSON 1.0 or 1.1.
 *
 * @throws AwsError of the operation, or SerializationException, UnknownOperationException
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export async function handleAwsJson(
  call: { service: AwsJsonService; operation: string; body: Buffer },
  context: RequestContext,
): Promise<EndpointResponse> {
  const { operations, jsonVersion } = call.service;
  const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
  if (!operation) throw unknownOperation(`${call.service.targetPrefix}.${call.operation}`);
  const output = await operation(parseInput(call.body), context);
  return {
    statusCode: 200,
    headers: {
      'content-type': `application/x-amz-json-${jsonVersion}`,
      'x-amzn-requestid': context.requestId,
    },
    body: serialize(output ?? {}),
  };
}

export function unknownOperation(target: string): AwsError {
  return new AwsError('UnknownOperationException', `The operation ${target} is not known here`);
}

/** An error's answer: code and message in the body, the code also as a header, as AWS's services send both. */
export function errorResponse(
  error: AwsError,
  meta: { requestId: string; jsonVersion?: '1.0' | '1.1' },
): EndpointResponse {
  return {
    statusCode: error.statusCode,
    headers: {
      'content-type': `application/x-amz-json-${meta.jsonVersion ?? '1.1'}`,
      'x-amzn-requestid': meta.requestId,
      'x-amzn-errortype': error.code,
      ...queryErrorHeader(error),
    },
    body: serialize({ ...error.details, __type: error.code, message: error.message }),
  };
}

/** The same for a client of the older query protocol, which reads XML. */
export function queryErrorResponse(error: AwsError, requestId: string): EndpointResponse {
  const body =
    `<ErrorResponse><Error><Type>${error.statusCode < 500 ? 'Sender' : 'Receiver'}</Type>` +
    `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
    `<RequestId>${requestId}</RequestId></ErrorResponse>`;
  return {
    statusCode: error.statusCode,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body,
  };
}

/** Dates as epoch seconds with milliseconds, bytes as base64: the forms of AWS JSON. */
export function serialize(output: unknown): string {
  return JSON.stringify(output, function (this: unknown, key: string, value: unknown): unknown {
    // `value` has been through Date's own toJSON already; what it was is found in its holder.
    const raw = typeof this === 'object' && this !== null ? (this as JsonObject)[key] : value;
    if (raw instanceof Date) return raw.getTime() / 1000;
    if (raw instanceof Uint8Array) return Buffer.from(raw).toString('base64');
    return value;
  });
}

function parseInput(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AwsError('SerializationException', 'The request body is not JSON', { cause: error });
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new AwsError('SerializationException', 'The request body is not a JSON object');
  }
  return input as JsonObject;
}

/** Services that once spoke the query protocol (SQS) send its error code beside the new one. */
function queryErrorHeader(error: AwsError): Record<string, string> {
  if (!('queryErrorCode' in error) || typeof error.queryErrorCode !== 'string') return {};
  return {
    'x-amzn-query-error': `${error.queryErrorCode};${error.statusCode < 500 ? 'Sender' : 'Receiver'}`,
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
