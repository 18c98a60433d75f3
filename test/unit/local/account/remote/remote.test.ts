import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Account, AccountHttpRequest } from '../../../../../local/account/account.ts';
import { createRemoteAccount, type RemoteAccountOptions } from '../../../../../local/account/remote.ts';

/** A remote account behind a server that answers as told; both end with the test. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
  options: Partial<RemoteAccountOptions> = {},
): Promise<{ account: Account; port: number } & AsyncDisposable> {
  const server = createServer((request, response) => {
    void text(request).then((body) => answer(request, response, body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const account = createRemoteAccount({ endpoint: `http://127.0.0.1:${address.port}`, ...options });
  return {
    account,
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      await account.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An endpoint where nobody listens. */
async function closedEndpoint(): Promise<string> {
  const { port, ...server } = await serve(() => undefined);
  await server[Symbol.asyncDispose]();
  return `http://127.0.0.1:${port}`;
}

const describeVpcs = { service: 'ec2', operation: 'DescribeVpcs', input: {}, region: 'eu-west-1' };

const httpRequest = (more: Partial<AccountHttpRequest> = {}): AccountHttpRequest => ({
  service: 'ec2',
  region: 'us-east-1',
  method: 'POST',
  url: '/',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.alloc(0),
  ...more,
});

const EMPTY_XML = '<DescribeVpcsResponse><requestId>r</requestId><vpcSet/></DescribeVpcsResponse>';

describe('call', () => {
  it('signs for the region with test credentials, and gives the output without metadata', async () => {
    const seen: string[] = [];
    await using served = await serve((request, response, body) => {
      seen.push(request.headers.authorization ?? '', body);
      response.end(EMPTY_XML);
    });
    expect(await served.account.call(describeVpcs)).toEqual({ Vpcs: [] });
    expect(seen[0]).toMatch(/Credential=test\/\d{8}\/eu-west-1\/ec2\/aws4_request/);
    expect(seen[1]).toContain('Action=DescribeVpcs');
  });

  it("gives the service's error code, message and status", async () => {
    await using served = await serve((_request, response) => {
      response.writeHead(400);
      response.end(
        '<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>no such &lt;VPC&gt;</Message></Error></Errors><RequestID>r</RequestID></Response>',
      );
    });
    await expect(served.account.call(describeVpcs)).rejects.toMatchObject({
      code: 'InvalidVpcID.NotFound',
      message: 'no such <VPC>',
      statusCode: 400,
    });
  });

  it('gives the further members of an error', async () => {
    await using served = await serve((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end('{"__type":"OpsItemAlreadyExistsException","Message":"there","OpsItemId":"oi-1"}');
    });
    const input = { Title: 't', Source: 's', Description: 'd' };
    await expect(
      served.account.call({ service: 'ssm', operation: 'CreateOpsItem', input, region: 'us-east-1' }),
    ).rejects.toMatchObject({ code: 'OpsItemAlreadyExistsException', details: { OpsItemId: 'oi-1' } });
  });

  it('refuses a member that the operation does not have, which the SDK would drop', async () => {
    let asked = 0;
    await using served = await serve((_request, response) => {
      asked++;
      response.end(EMPTY_XML);
    });
    const call = { ...describeVpcs, input: { Filters: [{ Name: 'x', Value: 'y' }] } };
    await expect(served.account.call(call)).rejects.toMatchObject({
      code: 'ParamValidation',
      message: expect.stringContaining('Unknown parameter in input: "Filters.0.Value"'),
    });
    await expect(served.account.call({ ...describeVpcs, input: { VpcIds: 'vpc-1' } })).rejects.toMatchObject({
      code: 'ParamValidation',
    });
    expect(asked).toBe(0);
  });

  it('turns text into the times, numbers and booleans that the operation takes', async () => {
    let sent = '';
    await using served = await serve((_request, response, body) => {
      sent = body;
      response.end('<RequestSpotInstancesResponse/>');
    });
    await served.account.call({
      service: 'ec2',
      operation: 'RequestSpotInstances',
      input: { ValidUntil: '2026-01-02T03:04:05Z', InstanceCount: '2', DryRun: 'false' },
      region: 'us-east-1',
    });
    expect(sent).toContain('ValidUntil=2026-01-02T03%3A04%3A05Z');
    expect(sent).toContain('InstanceCount=2');
    expect(sent).toContain('DryRun=false');
  });

  it('gives the command that installs a package which is missing', async () => {
    const account = createRemoteAccount({ endpoint: 'http://127.0.0.1:9' });
    const call = { service: 'elbv2', operation: 'DescribeLoadBalancers', input: {}, region: 'us-east-1' };
    await expect(account.call(call)).rejects.toMatchObject({
      code: 'MissingPackage',
      message: expect.stringContaining('npm i -D @aws-sdk/client-elastic-load-balancing-v2'),
    });
    await account.close();
  });

  it.each(['../../etc/passwd', 'ec2/../ssm', 'ec2\u0000', '@evil', 'a b', '', '..', 'EC2.js'])(
    'never makes the service name %j a path',
    async (service) => {
      const imported: string[] = [];
      const account = createRemoteAccount({
        endpoint: 'http://127.0.0.1:9',
        importModule: async (name) => {
          imported.push(name);
          return {};
        },
      });
      await expect(account.call({ ...describeVpcs, service })).rejects.toMatchObject({
        code: 'UnknownService',
      });
      expect(imported).toEqual([]);
      await account.close();
    },
  );

  it.each(['PaintVpcs', 'describeVpcs', '__proto__', 'constructor', '', '../x'])(
    'refuses the operation %j',
    async (operation) => {
      const account = createRemoteAccount({ endpoint: 'http://127.0.0.1:9' });
      await expect(account.call({ ...describeVpcs, operation })).rejects.toMatchObject({
        code: 'InvalidAction',
      });
      await account.close();
    },
  );

  it('says at once that nobody answers', async () => {
    const endpoint = await closedEndpoint();
    const account = createRemoteAccount({ endpoint });
    const started = performance.now();
    await expect(account.call(describeVpcs)).rejects.toMatchObject({
      code: 'EndpointConnectionError',
      message: expect.stringContaining(endpoint),
    });
    expect(performance.now() - started).toBeLessThan(5000);
    await account.close();
  });

  it('does not wait for ever for an answer', async () => {
    await using served = await serve(() => undefined, { requestTimeoutMs: 100 });
    await expect(served.account.call(describeVpcs)).rejects.toMatchObject({
      code: 'EndpointConnectionError',
    });
  });

  it('makes an error of an answer that is no AWS answer', async () => {
    await using served = await serve((_request, response) => response.end('<html><body>hello'));
    await expect(served.account.call(describeVpcs)).rejects.toMatchObject({
      code: 'ResponseParserError',
      message: expect.stringMatching(/^The answer of http:\S+ (\(HTTP \d+\) )?is not one of AWS's: [^\n]+$/),
    });
  });
});

describe('handleHttp', () => {
  it('passes a request on as it came, and the answer back as it is', async () => {
    let received: unknown;
    await using served = await serve((request, response, body) => {
      const { host, authorization, 'x-amz-target': target } = request.headers;
      received = { method: request.method, url: request.url, host, authorization, target, body };
      response.writeHead(418, { 'content-type': 'text/plain', 'x-amzn-requestid': 'r-1' });
      response.end(Buffer.from([0, 255, 1]));
    });
    const answer = await served.account.handleHttp(
      httpRequest({
        method: 'PUT',
        url: '/bucket/a%2Fb?acl&x=%20',
        headers: {
          host: 'localhost:4566',
          authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, Signature=0',
          'x-amz-target': 'A.B',
          connection: 'close',
          'transfer-encoding': 'chunked',
        },
        body: Buffer.from('é<>'),
      }),
    );
    expect(received).toEqual({
      method: 'PUT',
      url: '/bucket/a%2Fb?acl&x=%20',
      host: 'localhost:4566',
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, Signature=0',
      target: 'A.B',
      body: 'é<>',
    });
    expect(answer).toMatchObject({ statusCode: 418, headers: { 'x-amzn-requestid': 'r-1' } });
    expect(answer.body).toEqual(Buffer.from([0, 255, 1]));
    expect(answer.headers).not.toHaveProperty('transfer-encoding');
    expect(answer.headers).not.toHaveProperty('connection');
  });

  it('answers in the protocol of the service where nobody listens', async () => {
    const endpoint = await closedEndpoint();
    const account = createRemoteAccount({ endpoint });
    const answer = await account.handleHttp(httpRequest());
    expect(answer.statusCode).toBe(400);
    expect(String(answer.body)).toContain('<Response><Errors><Error><Code>EndpointConnectionError</Code>');
    expect(String(answer.body)).toContain(endpoint);
    await account.close();
  });

  it('answers with an error where the other side hangs', async () => {
    await using served = await serve(() => undefined, { requestTimeoutMs: 100 });
    const answer = await served.account.handleHttp(httpRequest());
    expect(String(answer.body)).toContain('no answer within 100 ms');
  });
});

describe('createRemoteAccount', () => {
  it.each(['localhost:5000', 'ftp://localhost', 'moto', ''])('refuses the endpoint %j', (endpoint) => {
    expect(() => createRemoteAccount({ endpoint })).toThrow(
      expect.objectContaining({ code: 'InvalidEndpoint' }),
    );
  });
});
