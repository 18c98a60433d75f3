import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { createDynamoDbProxy } from '../../../../local/endpoint/dynamodb-proxy.ts';
import { authorization, send, startTestEndpoint } from './start-endpoint.ts';

interface Seen {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly socket: IncomingMessage['socket'];
}

/** A DynamoDB that records what it is asked. */
async function startUpstream(answer: { statusCode?: number; body?: string } = {}) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const { url, headers, socket } = request;
      seen.push({ url, headers, socket, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.statusCode ?? 200, {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-crc32': '1',
      });
      response.end(answer.body ?? '{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

const call = (operation: string, body: unknown, prefix = 'DynamoDB_20120810') => ({
  headers: { authorization: authorization('dynamodb'), 'x-amz-target': `${prefix}.${operation}` },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('the DynamoDB proxy', () => {
  it('passes requests and answers on as they are, over kept connections', async () => {
    await using upstream = await startUpstream({ body: '{"Item":{}}' });
    const dynamodb = createDynamoDbProxy({ baseUrl: upstream.url });
    await using cloud = await startTestEndpoint({ dynamodb });
    const request = call('GetItem', { TableName: 't' });
    const answer = await send(cloud.url, request);
    await send(cloud.url, call('GetRecords', {}, 'DynamoDBStreams_20120810'));
    expect(answer).toMatchObject({ statusCode: 200, body: '{"Item":{}}', headers: { 'x-amz-crc32': '1' } });
    expect(upstream.seen).toMatchObject([
      {
        url: '/',
        body: '{"TableName":"t"}',
        headers: { ...request.headers, host: new URL(upstream.url).host },
      },
      { headers: { 'x-amz-target': 'DynamoDBStreams_20120810.GetRecords' } },
    ]);
    expect(upstream.seen[1]?.socket).toBe(upstream.seen[0]?.socket);
    dynamodb.close();
  });

  it.each([
    ['PutItem', { TableName: 'a' }, [['PutItem', 'a']]],
    ['UpdateItem', { TableName: 'arn:aws:dynamodb:us-east-1:1:table/a' }, [['UpdateItem', 'a']]],
    ['DeleteItem', { TableName: 'a' }, [['DeleteItem', 'a']]],
    [
      'BatchWriteItem',
      { RequestItems: { a: [], b: [] } },
      [
        ['BatchWriteItem', 'a'],
        ['BatchWriteItem', 'b'],
      ],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'a' } },
          { Update: { TableName: 'a' } },
          { ConditionCheck: { TableName: 'c' } },
        ],
      },
      [['TransactWriteItems', 'a']],
    ],
    ['ExecuteStatement', { Statement: 'INSERT …' }, [['ExecuteStatement']]],
    ['PutItem', '{', [['PutItem']]],
    ['GetItem', { TableName: 'a' }, []],
    ['toString', { TableName: 'a' }, []],
  ])('tells of %s %j', async (operation, body, expected) => {
    await using upstream = await startUpstream();
    const onWrite = vi.fn();
    const dynamodb = createDynamoDbProxy({ baseUrl: upstream.url, onWrite });
    await using cloud = await startTestEndpoint({ dynamodb });
    await send(cloud.url, call(operation, body));
    expect(onWrite.mock.calls).toEqual(expected);
    dynamodb.close();
  });

  it('tells nothing of a write that failed', async () => {
    await using upstream = await startUpstream({
      statusCode: 400,
      body: '{"__type":"ConditionalCheckFailedException"}',
    });
    const onWrite = vi.fn();
    const dynamodb = createDynamoDbProxy({ baseUrl: upstream.url, onWrite });
    await using cloud = await startTestEndpoint({ dynamodb });
    expect(await send(cloud.url, call('PutItem', { TableName: 'a' }))).toMatchObject({ statusCode: 400 });
    expect(onWrite).not.toHaveBeenCalled();
    dynamodb.close();
  });

  it('says so when DynamoDB is away', async () => {
    const upstream = await startUpstream();
    await upstream[Symbol.asyncDispose]();
    const dynamodb = createDynamoDbProxy({ baseUrl: upstream.url });
    await using cloud = await startTestEndpoint({ dynamodb });
    const answer = await send(cloud.url, call('PutItem', { TableName: 'x'.repeat(8_000_000) }));
    expect(answer.statusCode).toBe(503);
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'ServiceUnavailable',
      message: expect.stringContaining(
        `The DynamoDB at ${upstream.url} does not answer: connect ECONNREFUSED`,
      ),
    });
    dynamodb.close();
  });

  it('carries a megabyte each way', async () => {
    const large = JSON.stringify({ a: 'x'.repeat(1_000_000) });
    await using upstream = await startUpstream({ body: large });
    const dynamodb = createDynamoDbProxy({ baseUrl: upstream.url });
    await using cloud = await startTestEndpoint({ dynamodb });
    const answer = await send(cloud.url, call('Query', large));
    expect(answer.body).toBe(large);
    expect(upstream.seen[0]?.body).toBe(large);
    dynamodb.close();
  });
});
