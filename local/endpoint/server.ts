import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { DynamoDbHandler } from './dynamodb-proxy.ts';
import { EndpointError } from './endpoint-error.ts';
import { refuseBrowsers } from './request-guard.ts';
import { type EndpointResponse, plainText } from './response.ts';
import { type RequestUrl, Router, type RouterDeps } from './router.ts';

export interface EndpointOptions extends Omit<RouterDeps, 'maxBodyBytes' | 'onBug'> {
  /** 0 takes a free one. */
  readonly port: number;
  readonly dynamodb: DynamoDbHandler;
  /** Of requests other than DynamoDB's, which are streamed. @default 16 MiB */
  readonly maxBodyBytes?: number;
  /** Told of errors that are bugs. @default their stack on stderr */
  readonly onBug?: RouterDeps['onBug'];
  /** Told of every signed request, before it is answered. */
  readonly onCall?: (call: ApiCall) => void;
}

/** One request as its signature and target name it. */
export interface ApiCall {
  /** Signing name, such as `ssm`. */
  readonly service: string;
  /** Such as `CreateOpsItem`; empty where only the body says it (EC2's query protocol). */
  readonly operation: string;
  readonly accessKeyId: string;
}

export interface Endpoint extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, gives those under way a second to end, and closes all connections. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Of this connection, whatever the account's own server said of its. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);
const GRACE_MS = 1000;
const ABOUT = `Remediator: AWS on a laptop.
DynamoDB, EventBridge, Lambda, Systems Manager, SNS, SQS, and the account that runbooks act on, for AWS CLI and SDKs:

  aws --endpoint-url URL ssm describe-ops-items

with any access key and this address as URL. GET /health says whether it is up.
`;

/**
 * Starts the one endpoint that AWS CLI and SDKs talk to.
 * @throws EndpointError PORT_TAKEN, PORT_DENIED
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const router = new Router({
    ...options,
    maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
    onBug: options.onBug ?? reportOnStderr,
  });
  const server = createServer((request, response) => {
    void serve(request, response, { router, options });
  });
  // A client (aws-sdk, botocore) that reuses a connection just as it is closed sees a reset: let clients close first.
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, options.port);
  const close = () => closeServer(server);
  return { url: `http://${HOST}:${port}`, port, close, [Symbol.asyncDispose]: close };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { router, options }: { router: Router; options: EndpointOptions },
): Promise<void> {
  try {
    refuseBrowsers(request.headers);
    const url = parseUrl(request.url ?? '/');
    const forPeople = answerPeople(request, url);
    if (forPeople) return write(request, response, forPeople);
    const routed = router.route(request, url);
    const { service, accessKeyId } = routed.scope;
    options.onCall?.({ service, operation: operationOf(request), accessKeyId });
    if (routed.route.to === 'dynamodb') {
      return await options.dynamodb.handle(request, response, routed.route.operation);
    }
    write(request, response, await router.answer(request, url, routed));
  } catch (error) {
    // Once an answer has begun there is nobody left to tell but the connection.
    if (response.headersSent) response.destroy();
    else write(request, response, router.failure(error, { requestId: options.ids.uuid() }));
  } finally {
    // What was not read (a body too large, a refused page's) must not wait on the connection.
    if (!request.readableEnded) request.resume();
  }
}

function operationOf({ headers }: IncomingMessage): string {
  return (
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? ''
  );
}

/** What a person gets who opens the address without signing. */
function answerPeople({ method, headers }: IncomingMessage, url: RequestUrl): EndpointResponse | undefined {
  if (method !== 'GET' || headers.authorization || url.searchParams.size > 0) return undefined;
  if (url.pathname === '/') return plainText(200, ABOUT);
  if (url.pathname !== '/health') return undefined;
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'ok', cloud: 'laptop' }),
  };
}

function write(request: IncomingMessage, response: ServerResponse, answer: EndpointResponse): void {
  response.statusCode = answer.statusCode;
  for (const [name, value] of Object.entries(answer.headers)) {
    if (!OWN_HEADERS.has(name.toLowerCase())) response.setHeader(name, value);
  }
  // The answer to HEAD has the length of a body that is not sent.
  if (request.method !== 'HEAD') response.setHeader('content-length', Buffer.byteLength(answer.body));
  response.end(answer.body);
}

/** `URL` refuses some paths that are fine in HTTP (`//`), and normalizes others. */
function parseUrl(raw: string): RequestUrl {
  const [pathname = '/', ...query] = raw.split('?');
  return { pathname, searchParams: new URLSearchParams(query.join('?')) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    const message = `port ${port} is taken: stop what listens on it, or choose another with --port N (0 takes a free one)`;
    return new EndpointError('PORT_TAKEN', message, { cause: error });
  }
  if (error.code === 'EACCES') {
    const message = `port ${port} needs privileges: choose one above 1023 with --port N`;
    return new EndpointError('PORT_DENIED', message, { cause: error });
  }
  return error;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const impatient = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close((error) => {
      clearTimeout(impatient);
      if (error && (error as NodeJS.ErrnoException).code !== 'ERR_SERVER_NOT_RUNNING') reject(error);
      else resolve();
    });
  });
}

function reportOnStderr(error: unknown, requestId: string): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`endpoint: request ${requestId} failed by a bug\n${text}\n`);
}
