import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AwsError } from '../aws-error.ts';
import { isWrite, tablesWritten } from './dynamodb-writes.ts';

/** Answers DynamoDB and DynamoDB Streams requests. */
export interface DynamoDbHandler {
  /**
   * Answers one request, streaming both ways.
   * @param operation such as `PutItem`; empty where the request has no target
   * @throws AwsError before anything of the answer was sent
   */
  handle(request: IncomingMessage, response: ServerResponse, operation: string): Promise<void>;
  close(): void;
}

export interface DynamoDbProxyOptions {
  /** The DynamoDB behind: dynoxide, DynamoDB Local … */
  readonly baseUrl: string;
  /**
   * Called after each successful write, once for each table; without a table where the request does not name one
   * (PartiQL). A hint for stream pollers: it must not throw.
   */
  readonly onWrite?: (operation: string, tableName?: string) => void;
}

/** Headers of one connection, not of the message: RFC 9110, 7.6.1. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Passes DynamoDB requests on as they are, over kept connections. */
export function createDynamoDbProxy({ baseUrl, onWrite }: DynamoDbProxyOptions): DynamoDbHandler {
  const base = new URL(baseUrl);
  const secure = base.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const send = secure ? httpsRequest : httpRequest;

  const forward = (request: IncomingMessage, body: Buffer[] | undefined): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const upstream = send({
        agent,
        hostname: base.hostname.replace(/^\[|\]$/g, ''),
        port: base.port || undefined,
        method: request.method,
        path: base.pathname.replace(/\/$/, '') + (request.url ?? '/'),
        headers: { ...endToEnd(request.headers), host: base.host },
      });
      upstream.once('response', resolve);
      if (body) request.on('data', (chunk: Buffer) => body.push(chunk));
      upstream.once('error', reject);
      request.once('error', (error) => upstream.destroy(error));
      request.pipe(upstream);
    });

  return {
    async handle(request, response, operation) {
      const body: Buffer[] | undefined = onWrite && isWrite(operation) ? [] : undefined;
      const answer = await forward(request, body).catch((error: unknown) => {
        throw unavailable(base, error);
      });
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      if (body && answer.statusCode === 200) {
        const tables = tablesWritten(operation, Buffer.concat(body));
        if (tables.length === 0) onWrite?.(operation);
        for (const table of tables) onWrite?.(operation, table);
      }
      await pipeline(answer, response);
    },
    close: () => agent.destroy(),
  };
}

function endToEnd(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
}

function unavailable(base: URL, error: unknown): AwsError {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return new AwsError('ServiceUnavailable', `The DynamoDB at ${base.origin} does not answer: ${reason}`, {
    statusCode: 503,
    cause: error,
  });
}
