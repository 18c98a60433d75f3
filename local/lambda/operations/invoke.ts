import { AwsError } from '../../aws-error.ts';
import type { EndpointResponse } from '../../endpoint/response.ts';
import type { InvokeResult } from '../../functions/invoke-result.ts';
import { jsonAnswer } from '../answers.ts';
import type { LambdaOperation } from '../lambda-operation.ts';

/** Of a payload. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_BYTES = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024, DryRun: 6 * 1024 * 1024 } as const;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke: LambdaOperation = async ({ fn, headers, body }, { requestId }, { host }) => {
  const type = typeOf(headers['x-amz-invocation-type'] ?? 'RequestResponse');
  if (body.length > MAX_BYTES[type])
    throw new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${MAX_BYTES[type]} bytes for the ${type} operation`,
      { statusCode: 413 },
    );
  const event = readPayload(body);
  if (type === 'DryRun') return jsonAnswer(requestId, undefined, { statusCode: 204 });
  const running = host();
  if (running === undefined)
    throw new AwsError('ServiceException', 'The functions are starting', { statusCode: 500 });
  if (type === 'Event') {
    running.invokeAsync(fn.functionName, event);
    return jsonAnswer(requestId, undefined, { statusCode: 202 });
  }
  return answerOf(await running.invoke(fn.functionName, event), requestId);
};

function answerOf(result: InvokeResult, requestId: string): EndpointResponse {
  if (result.outcome === 'throttled')
    throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
      statusCode: 429,
      details: { Reason: result.reason },
    });
  return jsonAnswer(requestId, result.payload ?? null, {
    headers: {
      'x-amz-executed-version': '$LATEST',
      ...(result.outcome === 'error' ? { 'x-amz-function-error': result.functionError } : {}),
    },
  });
}

function typeOf(text: string): keyof typeof MAX_BYTES {
  if (text === 'RequestResponse' || text === 'Event' || text === 'DryRun') return text;
  throw new AwsError(
    'InvalidParameterValueException',
    `Value '${text}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
  );
}

function readPayload(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    const message = 'Could not parse request body into json';
    throw new AwsError('InvalidRequestContentException', message, { cause });
  }
}
