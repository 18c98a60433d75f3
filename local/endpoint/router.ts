import type { IncomingMessage } from 'node:http';
import type { Account } from '../account/account.ts';
import { AwsError } from '../aws-error.ts';
import type { Ids } from '../ids.ts';
import type { AwsJsonService, QueryService, RestJsonService, RestRequest } from '../service.ts';
import { errorResponse, handleAwsJson, queryErrorResponse, unknownOperation } from './aws-json.ts';
import { handleAwsQuery } from './aws-query.ts';
import { readBody } from './body.ts';
import { type CredentialScope, readCredentialScope } from './credential-scope.ts';
import type { EndpointResponse } from './response.ts';

export interface RouterDeps {
  readonly services: readonly (AwsJsonService | QueryService | RestJsonService)[];
  /** Answers what no service here does. */
  readonly account: Pick<Account, 'handleHttp'>;
  readonly principalOf: (accessKeyId: string) => string;
  readonly ids: Ids;
  readonly accountId: string;
  readonly maxBodyBytes: number;
  /** Told of errors that are bugs: nothing of them reaches the client. */
  readonly onBug: (error: unknown, requestId: string) => void;
}

/** Path and query of a request. */
export interface RequestUrl {
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
}

/** Where a request goes. */
export type Route =
  | { readonly to: 'dynamodb'; readonly operation: string }
  | { readonly to: 'service'; readonly service: AwsJsonService; readonly operation: string }
  | { readonly to: 'query'; readonly service: QueryService }
  | { readonly to: 'rest'; readonly service: RestJsonService }
  | { readonly to: 'account' }
  /** Of a service that is served here, in a form or with an operation that is not. */
  | { readonly to: 'unknown' };

const DYNAMODB_TARGETS: ReadonlySet<string> = new Set(['DynamoDB_20120810', 'DynamoDBStreams_20120810']);

/** Decides by `x-amz-target` and by the signed service which part of the cloud answers, and lets it answer. */
export class Router {
  readonly #deps: RouterDeps;
  readonly #services: ReadonlyMap<string, AwsJsonService>;
  readonly #queryServices: ReadonlyMap<string, QueryService>;
  readonly #restServices: ReadonlyMap<string, RestJsonService>;

  constructor(deps: RouterDeps) {
    this.#deps = deps;
    this.#services = new Map(
      deps.services.flatMap((each) => ('targetPrefix' in each ? [[each.targetPrefix, each]] : [])),
    );
    this.#queryServices = new Map(
      deps.services.flatMap((each) => ('signingName' in each ? [[each.signingName, each]] : [])),
    );
    this.#restServices = new Map(
      deps.services.flatMap((each) => ('restName' in each ? [[each.restName, each]] : [])),
    );
  }

  /** @throws AwsError MissingAuthenticationToken, IncompleteSignature */
  route(request: IncomingMessage, url: RequestUrl): { scope: CredentialScope; route: Route } {
    const scope = readCredentialScope(request.headers, url.searchParams);
    const target = String(request.headers['x-amz-target'] ?? '');
    const dot = target.lastIndexOf('.');
    const prefix = target.slice(0, Math.max(dot, 0));
    const operation = target.slice(dot + 1);
    if (DYNAMODB_TARGETS.has(prefix) || scope.service === 'dynamodb') {
      return { scope, route: { to: 'dynamodb', operation } };
    }
    const service = this.#services.get(prefix);
    if (service) return { scope, route: { to: 'service', service, operation } };
    const spoken = this.#queryServices.get(scope.service);
    if (spoken && (spoken.isFor?.(scope.accessKeyId) ?? true))
      return { scope, route: { to: 'query', service: spoken } };
    const rest = this.#restServices.get(scope.service);
    if (rest) return { scope, route: { to: 'rest', service: rest } };
    return { scope, route: { to: this.#isServedHere(scope.service) ? 'unknown' : 'account' } };
  }

  /** Answers a request of a service or of the account; never rejects. */
  async answer(
    request: IncomingMessage,
    url: RequestUrl,
    routed: ReturnType<Router['route']>,
  ): Promise<EndpointResponse> {
    const { ids, accountId, principalOf, maxBodyBytes } = this.#deps;
    const { route, scope } = routed;
    const requestId = ids.uuid();
    try {
      const body = await readBody(request, maxBodyBytes);
      if (route.to === 'unknown') return refuseUnknown(request, { url, requestId });
      const principalArn = principalOf(scope.accessKeyId);
      const context = { region: scope.region, accountId, principalArn, requestId };
      if (route.to === 'service') return await handleAwsJson({ ...route, body }, context);
      if (route.to === 'rest') {
        const answer = await route.service.answer(restRequest(request, { url, body }), context);
        return answer ?? (await this.#askAccount({ request, body }, scope));
      }
      if (route.to !== 'query') return await this.#askAccount({ request, body }, scope);
      const parameters = body.length > 0 ? new URLSearchParams(body.toString()) : url.searchParams;
      return await handleAwsQuery({ ...route, parameters }, context);
    } catch (error) {
      if (route.to === 'query') return queryErrorResponse(this.#toAwsError(error, requestId), requestId);
      const jsonVersion = route.to === 'service' ? route.service.jsonVersion : '1.1';
      return this.failure(error, { requestId, jsonVersion });
    }
  }

  /** The answer to a request that failed: an AWS error as it is, anything else is a bug. */
  failure(error: unknown, meta: { requestId: string; jsonVersion?: '1.0' | '1.1' }): EndpointResponse {
    return errorResponse(this.#toAwsError(error, meta.requestId), meta);
  }

  #toAwsError(error: unknown, requestId: string): AwsError {
    if (error instanceof AwsError) return error;
    this.#deps.onBug(error, requestId);
    const message = 'An internal error; its stack is in the output of the endpoint';
    return new AwsError('InternalFailure', message, { statusCode: 500 });
  }

  async #askAccount(
    { request, body }: { request: IncomingMessage; body: Buffer },
    scope: CredentialScope,
  ): Promise<EndpointResponse> {
    return this.#deps.account.handleHttp({
      service: scope.service,
      region: scope.region,
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: flatten(request.headers),
      body,
    });
  }

  /** Whether a signing name is that of a service here: then no other part of the cloud can know the operation. */
  #isServedHere(signingName: string): boolean {
    const prefix = TARGET_PREFIXES[signingName];
    return prefix !== undefined && this.#services.has(prefix);
  }
}

const TARGET_PREFIXES: Readonly<Record<string, string>> = {
  ssm: 'AmazonSSM',
  events: 'AWSEvents',
  sqs: 'AmazonSQS',
};

function refuseUnknown(
  request: IncomingMessage,
  { url, requestId }: { url: RequestUrl; requestId: string },
): EndpointResponse {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return errorResponse(unknownOperation(String(target)), { requestId });
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return errorResponse(unknownOperation(`${request.method} ${url.pathname}`), { requestId });
  }
  const tooOld = new AwsError(
    'UnsupportedOperation',
    'This service is served in its JSON protocol here, and this client speaks the older query protocol: use an AWS CLI or SDK of 2024 or newer',
  );
  return queryErrorResponse(tooOld, requestId);
}

function restRequest(
  { method = 'GET', headers }: IncomingMessage,
  { url, body }: { url: RequestUrl; body: Buffer },
): RestRequest {
  return { method, pathname: url.pathname, query: url.searchParams, headers: flatten(headers), body };
}

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
