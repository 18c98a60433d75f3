import { AwsError } from '../../aws-error.ts';

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** An error that says that nobody answers at the endpoint. Its status is one that no client retries for minutes. */
export function endpointError(endpoint: string | undefined, cause: unknown): AwsError {
  const reason = cause instanceof Error ? cause.message || codeOf(cause) : String(cause);
  return new AwsError(
    'EndpointConnectionError',
    endpoint === undefined
      ? `Could not connect to AWS (${reason}).`
      : `Could not connect to the endpoint URL: "${endpoint}" (${reason}). Start it, or mend --account.`,
    { cause },
  );
}

/** What the SDK threw, as an AwsError: the service's code, message, status and further members. */
export function toAwsError(error: unknown, endpoint: string | undefined): AwsError {
  if (error instanceof AwsError) return error;
  if (!(error instanceof Error)) return new AwsError('UnknownError', String(error), { cause: error });
  const statusCode = statusOf(error);
  if (statusCode === undefined && isConnectionError(error)) return endpointError(endpoint, error);
  if (isUnreadable(error)) return notAws(endpoint, error);
  const details = Object.fromEntries(
    Object.entries(error).filter(([key]) => !key.startsWith('$') && !IGNORED.has(key)),
  );
  return new AwsError(serviceCode(error), error.message, {
    ...(statusCode === undefined ? {} : { statusCode }),
    details,
    cause: error,
  });
}

/** Some services' models name an error's class otherwise than its code: IAM's NoSuchEntity is `NoSuchEntityException`. */
function serviceCode(error: Error): string {
  return 'Code' in error && typeof error.Code === 'string' && error.Code ? error.Code : error.name;
}

/** Members that say nothing beyond code and message. */
const IGNORED = new Set([
  'name',
  'message',
  'stack',
  'Code',
  'Message',
  'Type',
  'Error',
  'RequestId',
  '__type',
]);

/** The SDK adds this to what its parsers throw: nobody without a debugger can follow the advice. */
function isUnreadable({ message }: Error): boolean {
  return message.includes('Deserialization error: to see the raw response');
}

/** As botocore names it. */
function notAws(endpoint: string | undefined, cause: Error): AwsError {
  const [reason] = cause.message.split('\n');
  const status = statusOf(cause);
  return new AwsError(
    'ResponseParserError',
    `The answer of ${endpoint ?? 'AWS'} ${status === undefined ? '' : `(HTTP ${status}) `}is not one of AWS's: ${reason}`,
    { cause },
  );
}

function isConnectionError(error: Error): boolean {
  return error.name === 'TimeoutError' || CONNECTION_CODES.has(codeOf(error));
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

function statusOf(error: Error): number | undefined {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
