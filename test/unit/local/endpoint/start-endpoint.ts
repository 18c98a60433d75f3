import { request } from 'node:http';
import { systemClock } from '../../../../local/clock.ts';
import type { DynamoDbHandler } from '../../../../local/endpoint/dynamodb-proxy.ts';
import { type EndpointOptions, startEndpoint } from '../../../../local/endpoint/server.ts';
import { EventBus } from '../../../../local/events/bus.ts';
import { createEventsService } from '../../../../local/events/service.ts';
import { randomIds } from '../../../../local/ids.ts';
import { createQueues } from '../../../../local/queues/queues.ts';
import type { AwsJsonService } from '../../../../local/service.ts';
import { createOpsCenter } from '../../../../local/ssm/ops-center/ops-center.ts';
import { TagStore } from '../../../../local/ssm/tags/tag-store.ts';

export const ACCOUNT = '123456789012';
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A signed-looking Authorization header; the endpoint reads its scope only. */
export const authorization = (service: string, accessKeyId = 'test') =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20240513/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;

const noDynamoDb: DynamoDbHandler = {
  handle: () => Promise.reject(new Error('no DynamoDB')),
  close: () => {},
};

/** The endpoint with all of its services, on a free port. */
export async function startTestEndpoint(overrides: Partial<EndpointOptions> = {}) {
  const deps = { clock: systemClock, ids: randomIds, accountId: ACCOUNT };
  const bus = new EventBus({ ...deps, region: 'us-east-1' });
  let url = '';
  const queues = createQueues({ ...deps, endpoint: () => url, region: 'us-east-1' });
  const { operations } = createOpsCenter({ ...deps, events: bus, tags: new TagStore() });
  const ssm: AwsJsonService = { targetPrefix: 'AmazonSSM', jsonVersion: '1.1', operations };
  const endpoint = await startEndpoint({
    port: 0,
    services: [createEventsService(bus), queues.service, ssm],
    dynamodb: noDynamoDb,
    account: { handleHttp: async () => ({ statusCode: 404, headers: {}, body: '' }) },
    principalOf: (accessKeyId) => `arn:aws:iam::${ACCOUNT}:user/${accessKeyId}`,
    ids: randomIds,
    accountId: ACCOUNT,
    ...overrides,
  });
  url = endpoint.url;
  return { url, port: endpoint.port, bus, queues, [Symbol.asyncDispose]: () => endpoint.close() };
}

export interface Answer {
  readonly statusCode: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** One raw request: unlike fetch it lets a test choose Host, Origin and a path that no URL has. */
export function send(
  url: string,
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', path = '/', headers = {}, body = '' } = options;
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('end', () => {
        const { statusCode, headers: received } = incoming;
        resolve({ statusCode, headers: received, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
