import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import type { AccountHttpRequest, AccountHttpResponse } from '../account.ts';
import { canonicalService } from '../service-names.ts';
import { answerRestXml } from './answer-rest-xml.ts';
import type { Answering, HttpDeps } from './answering.ts';
import { writeError } from './error-response.ts';
import { type JsonProtocol, type QueryProtocol, wireProtocols } from './protocols.ts';
import { readQuery } from './query-request.ts';
import { writeQueryAnswer } from './query-response.ts';
import { operationShapes } from './shape.ts';

/** Answers a request in the wire protocol of its service. Never throws: what goes wrong is an AWS error response. */
export async function answerHttp(request: AccountHttpRequest, deps: HttpDeps): Promise<AccountHttpResponse> {
  const requestId = deps.ids.uuid();
  try {
    const protocol = wireProtocols.get(canonicalService(request.service));
    if (protocol?.kind === 'query') return await answerQuery(request, { protocol, deps, requestId });
    if (protocol?.kind === 'json') return await answerJson(request, { protocol, deps, requestId });
    if (protocol?.kind === 'rest-xml') return await answerRestXml(request, { protocol, deps, requestId });
    // Without a protocol there is no such service: the call says so, and names the remedy.
    await deps.call({ ...place(request), operation: guessOperation(request), input: {} });
    throw new AwsError('NotImplemented', `${request.service} cannot be reached over HTTP here.`);
  } catch (error) {
    return writeError(request, toAwsError(error), requestId);
  }
}

async function answerQuery(
  request: AccountHttpRequest,
  { protocol, deps, requestId }: Answering<QueryProtocol>,
): Promise<AccountHttpResponse> {
  const parameters = queryParameters(request);
  const operation = parameters.get('Action');
  if (!operation) throw new AwsError('MissingAction', 'The request must contain the parameter Action');
  const schemas = await protocol.loadSchemas();
  const name = `${operation}$`;
  const shapes = Object.hasOwn(schemas, name) ? operationShapes(schemas[name]) : undefined;
  if (shapes === undefined) {
    await deps.call({ ...place(request), operation, input: {} });
    throw new AwsError('InvalidAction', `The action ${operation} is not valid for this web service.`);
  }
  const { dialect, namespace } = protocol;
  const input = readQuery(parameters, shapes.input, dialect);
  const output = await deps.call({ ...place(request), operation, input });
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: writeQueryAnswer({ operation, output, shape: shapes.output, dialect, namespace, requestId }),
  };
}

async function answerJson(
  request: AccountHttpRequest,
  { protocol, deps, requestId }: Answering<JsonProtocol>,
): Promise<AccountHttpResponse> {
  // Some clients write CloudTrail's prefix with its Java package before it.
  const [operation, prefix] = (request.headers['x-amz-target'] ?? '').split('.').toReversed();
  if (prefix !== protocol.targetPrefix || !operation) {
    throw new AwsError(
      'UnknownOperationException',
      `The header x-amz-target must be ${protocol.targetPrefix}.<operation>.`,
    );
  }
  const output = await deps.call({ ...place(request), operation, input: parseJson(request.body) });
  return {
    statusCode: 200,
    headers: { 'content-type': `application/x-amz-json-${protocol.version}`, 'x-amzn-requestid': requestId },
    body: JSON.stringify(toJson(output)),
  };
}

function place(request: AccountHttpRequest): { service: string; region: string } {
  return { service: request.service, region: request.region };
}

function queryParameters(request: AccountHttpRequest): URLSearchParams {
  const query = request.url.indexOf('?');
  return request.body.length > 0 || query < 0
    ? new URLSearchParams(request.body.toString())
    : new URLSearchParams(request.url.slice(query + 1));
}

function parseJson(body: Buffer): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString() || '{}');
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not JSON.', { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new AwsError('SerializationException', 'The request body is not a JSON object.');
  }
  return { ...parsed };
}

/** AWS JSON writes times as seconds since 1970. */
function toJson(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
}

/** The best name for what was asked of a service whose protocol is not known here. */
function guessOperation(request: AccountHttpRequest): string {
  const target = request.headers['x-amz-target']?.split('.').at(-1);
  return target ?? queryParameters(request).get('Action') ?? `${request.method} ${request.url.split('?')[0]}`;
}

function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalError', `An internal error has occurred: ${message}`, {
    statusCode: 500,
    cause: error,
  });
}
