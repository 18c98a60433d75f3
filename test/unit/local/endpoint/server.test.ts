import { describe, expect, it, vi } from 'vitest';
import type { AccountHttpRequest } from '../../../../local/account/account.ts';
import { AwsError } from '../../../../local/aws-error.ts';
import type { AwsJsonService, Operation } from '../../../../local/service.ts';
import { authorization, send, startTestEndpoint } from './start-endpoint.ts';

/** A service of one operation, `Thing.Do`. */
const thing = (operation: Operation): AwsJsonService => ({
  targetPrefix: 'Thing',
  jsonVersion: '1.0',
  operations: { Do: operation },
});

const doIt = { headers: { authorization: authorization('thing', 'AKIA/x'), 'x-amz-target': 'Thing.Do' } };
const TARGET = (target: string, service = 'ssm') => ({
  headers: { authorization: authorization(service), 'x-amz-target': target },
});

describe('an operation', () => {
  it('gets its input and who calls, and answers in AWS JSON', async () => {
    const operation = vi.fn<Operation>(() => ({
      At: new Date(1_715_573_402_987),
      Bytes: new Uint8Array([1, 2]),
      List: [{ At: new Date(0) }],
      Nothing: undefined,
    }));
    await using cloud = await startTestEndpoint({ services: [thing(operation)] });
    const answer = await send(cloud.url, { ...doIt, body: '{"a":1}' });
    expect(JSON.parse(answer.body)).toEqual({ At: 1_715_573_402.987, Bytes: 'AQI=', List: [{ At: 0 }] });
    const requestId = answer.headers['x-amzn-requestid'];
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
    });
    expect(operation).toHaveBeenCalledExactlyOnceWith(
      { a: 1 },
      {
        region: 'eu-west-1',
        accountId: '123456789012',
        principalArn: 'arn:aws:iam::123456789012:user/AKIA/x',
        requestId,
      },
    );
  });

  it('may be asked without a body', async () => {
    const operation = vi.fn<Operation>(() => undefined);
    await using cloud = await startTestEndpoint({ services: [thing(operation)] });
    expect(await send(cloud.url, doIt)).toMatchObject({ statusCode: 200, body: '{}' });
    expect(operation).toHaveBeenCalledWith({}, expect.anything());
  });

  it('fails with its code, its details and its status', async () => {
    const error = new AwsError('Teapot', 'short', { statusCode: 418, details: { Stout: true } });
    await using cloud = await startTestEndpoint({ services: [thing(() => Promise.reject(error))] });
    const answer = await send(cloud.url, doIt);
    expect(answer).toMatchObject({ statusCode: 418, headers: { 'x-amzn-errortype': 'Teapot' } });
    expect(JSON.parse(answer.body)).toEqual({ __type: 'Teapot', message: 'short', Stout: true });
  });

  it('that has a bug gives InternalFailure, says nothing of it, and harms nobody else', async () => {
    const onBug = vi.fn();
    const bug = new Error('secret');
    await using cloud = await startTestEndpoint({ services: [thing(() => Promise.reject(bug))], onBug });
    const answer = await send(cloud.url, doIt);
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain('InternalFailure');
    expect(answer.body).not.toContain('secret');
    expect(onBug).toHaveBeenCalledExactlyOnceWith(bug, answer.headers['x-amzn-requestid']);
    expect(await send(cloud.url, { method: 'GET', path: '/health' })).toMatchObject({ statusCode: 200 });
  });

  it('whose output is no JSON is a bug', async () => {
    const onBug = vi.fn();
    await using cloud = await startTestEndpoint({ services: [thing(() => ({ a: 1n }))], onBug });
    expect((await send(cloud.url, doIt)).statusCode).toBe(500);
    expect(onBug).toHaveBeenCalledOnce();
  });
});

describe('a request that is refused', () => {
  it.each([
    [
      'with no signature',
      { headers: { 'x-amz-target': 'AmazonSSM.GetOpsItem' } },
      403,
      'MissingAuthenticationToken',
    ],
    ['with a broken signature', { headers: { authorization: 'Bearer x' } }, 400, 'IncompleteSignature'],
    [
      'with half a scope',
      { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20240513/us-east-1' } },
      400,
      'IncompleteSignature',
    ],
    ['with an unknown operation', TARGET('AmazonSSM.Sing'), 400, 'UnknownOperationException'],
    ['with an inherited name', TARGET('AmazonSSM.toString'), 400, 'UnknownOperationException'],
    ['with an unknown target', TARGET('AmazonSSMv2.GetOpsItem'), 400, 'UnknownOperationException'],
    [
      'with no target',
      { headers: { authorization: authorization('ssm') } },
      400,
      'UnknownOperationException',
    ],
    [
      'with a body that is no JSON',
      { ...TARGET('AmazonSSM.GetOpsItem'), body: '{' },
      400,
      'SerializationException',
    ],
    [
      'with a body that is a list',
      { ...TARGET('AmazonSSM.GetOpsItem'), body: '[]' },
      400,
      'SerializationException',
    ],
    ['of a web page', { headers: { origin: 'http://evil.example' } }, 403, 'AccessDeniedException'],
    ['of a sandboxed page', { headers: { origin: 'null' } }, 403, 'AccessDeniedException'],
    ['for another host', { headers: { host: 'evil.example:4566' } }, 403, 'AccessDeniedException'],
    [
      'for a host that begins alike',
      { headers: { host: '127.0.0.1.evil.example' } },
      403,
      'AccessDeniedException',
    ],
    ['to a path that is no URL', { path: '//' }, 403, 'MissingAuthenticationToken'],
  ])('%s', async (_, options, statusCode, code) => {
    await using cloud = await startTestEndpoint();
    const answer = await send(cloud.url, options);
    expect(answer).toMatchObject({ statusCode, headers: { 'x-amzn-errortype': code } });
    expect(JSON.parse(answer.body)).toMatchObject({ __type: code, message: expect.stringMatching(/\w/) });
  });

  it.each([
    ['said beforehand', { 'content-length': '101' }],
    ['found on the way', { 'transfer-encoding': 'chunked' }],
  ])('with too long a body, %s', async (_, headers) => {
    await using cloud = await startTestEndpoint({ maxBodyBytes: 100 });
    const request = TARGET('AmazonSSM.GetOpsItem');
    const answer = await send(cloud.url, {
      headers: { ...request.headers, ...headers },
      body: 'x'.repeat(101),
    });
    expect(answer).toMatchObject({
      statusCode: 413,
      headers: { 'x-amzn-errortype': 'RequestEntityTooLargeException' },
    });
  });

  it('of an old client of SQS, in XML that it can read', async () => {
    await using cloud = await startTestEndpoint();
    const answer = await send(cloud.url, {
      headers: {
        authorization: authorization('sqs'),
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: 'Action=ListQueues',
    });
    expect(answer).toMatchObject({ statusCode: 400, headers: { 'content-type': 'text/xml' } });
    expect(answer.body).toContain('<Code>UnsupportedOperation</Code>');
  });
});

describe('the rest', () => {
  it('goes to the account, as it was received', async () => {
    const seen: AccountHttpRequest[] = [];
    const handleHttp = async (request: AccountHttpRequest) => {
      seen.push(request);
      return {
        statusCode: 202,
        headers: { 'Content-Type': 'text/xml', 'Transfer-Encoding': 'chunked' },
        body: '<ok/>',
      };
    };
    await using cloud = await startTestEndpoint({ account: { handleHttp } });
    const answer = await send(cloud.url, {
      path: '/a%20b?x=1',
      headers: { authorization: authorization('ec2'), 'X-Custom': 'y' },
      body: 'Action=DescribeInstances',
    });
    expect(answer).toMatchObject({ statusCode: 202, body: '<ok/>', headers: { 'content-type': 'text/xml' } });
    expect(seen).toMatchObject([
      {
        service: 'ec2',
        region: 'eu-west-1',
        method: 'POST',
        url: '/a%20b?x=1',
        headers: { 'x-custom': 'y' },
      },
    ]);
    expect(seen[0]?.body.toString()).toBe('Action=DescribeInstances');
  });

  it('takes the scope of a presigned URL, too', async () => {
    const handleHttp = vi.fn(async () => ({
      statusCode: 200,
      headers: { 'content-length': '77' },
      body: '',
    }));
    await using cloud = await startTestEndpoint({ account: { handleHttp } });
    const path =
      '/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20240513%2Feu-west-3%2Fs3%2Faws4_request';
    const answer = await send(cloud.url, { method: 'HEAD', path });
    expect(handleHttp).toHaveBeenCalledWith(
      expect.objectContaining({ service: 's3', region: 'eu-west-3', method: 'HEAD' }),
    );
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-length': '77' } });
  });

  it('tells people what this is, and machines that it is up', async () => {
    await using cloud = await startTestEndpoint();
    expect((await send(cloud.url, { method: 'GET' })).body).toMatch(/^Remediator/);
    const health = await send(cloud.url, {
      method: 'GET',
      path: '/health',
      headers: { host: 'localhost:4566' },
    });
    expect(JSON.parse(health.body)).toEqual({ status: 'ok', cloud: 'laptop' });
  });
});

describe('startEndpoint', () => {
  it('says in one line what to do about a taken port', async () => {
    await using cloud = await startTestEndpoint();
    const second = startTestEndpoint({ port: cloud.port });
    await expect(second).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringMatching(new RegExp(`^port ${cloud.port} is taken: .*--port N.*$`)),
    });
  });

  it('closes, twice if asked, and is gone then', async () => {
    const cloud = await startTestEndpoint();
    await send(cloud.url, { method: 'GET', path: '/health' });
    await cloud[Symbol.asyncDispose]();
    await cloud[Symbol.asyncDispose]();
    await expect(send(cloud.url, { method: 'GET', path: '/health' })).rejects.toThrow('ECONNREFUSED');
  });
});
