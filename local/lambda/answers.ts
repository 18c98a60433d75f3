import { AwsError } from '../aws-error.ts';
import type { EndpointResponse } from '../endpoint/response.ts';

/** An answer in REST with JSON; Lambda writes times as epoch seconds. */
export function jsonAnswer(
  requestId: string,
  body: unknown,
  {
    statusCode = 200,
    headers = {},
  }: { statusCode?: number; headers?: Readonly<Record<string, string>> } = {},
): EndpointResponse {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** Lambda's errors have `Type` and `Message`, and their code in a header alone. */
export function errorAnswer(requestId: string, error: AwsError): EndpointResponse {
  const Type = error.statusCode < 500 ? 'User' : 'Server';
  return jsonAnswer(
    requestId,
    { Type, ...error.details, Message: error.message },
    { statusCode: error.statusCode, headers: { 'x-amzn-errortype': error.code } },
  );
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { statusCode: 404 });
}
