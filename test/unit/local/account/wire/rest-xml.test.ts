import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Account, AccountHttpRequest } from '../../../../../local/account/account.ts';
import { accountFixture } from '../account.fixture.ts';

let account: Account;

beforeEach(async () => {
  account = accountFixture().account;
  await send({ method: 'PUT', url: '/bucket' });
});

async function send(request: Partial<Omit<AccountHttpRequest, 'body'>> & { body?: string | Buffer }) {
  const { body = '', headers = {}, ...rest } = request;
  const answer = await account.handleHttp({
    service: 's3',
    region: 'us-east-1',
    method: 'GET',
    url: '/',
    ...rest,
    headers: { host: '127.0.0.1:4566', ...headers },
    body: Buffer.from(body),
  });
  return { ...answer, body: answer.body.toString() };
}

const put = (url: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  send({ method: 'PUT', url, body, headers });

describe('addresses', () => {
  it.each(['bucket.s3.amazonaws.com', 'bucket.s3.eu-west-1.amazonaws.com', 'bucket.localhost:4566'])(
    'knows the bucket of the host %s',
    async (host) => {
      await put('/folder/a%20b+c', 'hello');
      await put('/bucket/folder/a%20b+c', 'hello');
      const found = await send({ url: '/folder/a%20b+c', headers: { host } });
      expect([found.statusCode, found.body]).toEqual([200, 'hello']);
    },
  );

  it.each(['127.0.0.1:4566', 'localhost:4566', 's3.amazonaws.com', 's3.eu-west-1.amazonaws.com'])(
    'takes the bucket from the path where the host is %s',
    async (host) => {
      expect((await send({ url: '/bucket/', headers: { host } })).body).toContain('<Name>bucket</Name>');
    },
  );

  it('keeps slashes of keys', async () => {
    await put('/bucket//a//b/', 'hello');
    expect((await send({ url: '/bucket?list-type=2' })).body).toContain('<Key>/a//b/</Key>');
  });

  it('refuses a path that cannot be decoded', async () => {
    const answer = await send({ url: '/bucket/%zz' });
    expect([answer.statusCode, answer.body]).toEqual([
      400,
      expect.stringContaining('<Code>InvalidURI</Code>'),
    ]);
  });
});

describe('requests', () => {
  it('tells operations apart by their query', async () => {
    expect((await send({ url: '/bucket?versioning' })).body).toContain('<VersioningConfiguration');
    expect((await send({ url: '/bucket?location=' })).body).toContain('<LocationConstraint xmlns=');
    expect((await send({ url: '/bucket?x-id=GetBucketPolicy' })).body).toContain('<ListBucketResult');
    expect((await send({})).body).toContain('<ListAllMyBucketsResult');
  });

  it('takes no notice of the signature of a presigned URL', async () => {
    await put('/bucket/a', 'hello');
    const signature = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=x%2Fs3&X-Amz-Signature=0';
    expect((await send({ url: `/bucket/a?${signature}` })).body).toBe('hello');
  });

  it('says which operation the account does not have, and the remedy', async () => {
    const { body } = await send({ url: '/bucket?lifecycle' });
    expect(body).toContain('s3:GetBucketLifecycleConfiguration');
    expect(body).toContain('--account URL');
  });

  it('refuses a method that S3 does not know', async () => {
    const answer = await send({ method: 'PATCH', url: '/bucket' });
    expect([answer.statusCode, answer.body]).toEqual([405, expect.stringContaining('MethodNotAllowed')]);
  });

  it('reads a body framed by aws-chunked, and holds it against the checksum behind it', async () => {
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32('hello'));
    const framed = (sum: string) => `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`;
    const headers = {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '5',
    };
    const right = await put('/bucket/a', framed(checksum.toString('base64')), headers);
    expect(right.headers['x-amz-checksum-crc32']).toBe(checksum.toString('base64'));
    const found = await send({ url: '/bucket/a', headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    expect(found.body).toBe('hello');
    expect(found.headers).toMatchObject({ 'x-amz-checksum-crc32': checksum.toString('base64') });
    expect(found.headers).not.toHaveProperty('content-encoding');
    expect((await put('/bucket/b', framed('AAAAAA=='), headers)).body).toContain('<Code>BadDigest</Code>');
    expect((await send({ url: '/bucket/b' })).statusCode).toBe(404);
  });

  it('holds a body against Content-MD5 and SHA-256', async () => {
    const md5 = createHash('md5').update('hello').digest('base64');
    const sha256 = createHash('sha256').update('hello').digest('base64');
    const headers = { 'content-md5': md5, 'x-amz-checksum-sha256': sha256 };
    expect((await put('/bucket/a', 'hello', headers)).statusCode).toBe(200);
    expect((await put('/bucket/a', 'hullo', { 'content-md5': md5 })).body).toContain('BadDigest');
    expect((await put('/bucket/a', 'hello', { 'content-md5': 'no' })).body).toContain('InvalidDigest');
  });

  it.each([
    ['no XML', 'Enabled'],
    [
      'an element that it does not know',
      '<VersioningConfiguration><State>x</State></VersioningConfiguration>',
    ],
    ['an element twice', '<V><Status>Enabled</Status><Status>Suspended</Status></V>'],
    ['a structure where text belongs', '<V><Status><a/></Status></V>'],
    ['another value than there is', '<V><Status>On</Status></V>'],
    ['an empty body', ''],
  ])('refuses a document with %s', async (_what, body) => {
    const answer = await put('/bucket?versioning', body);
    expect([answer.statusCode, answer.body]).toEqual([
      400,
      expect.stringContaining('<Code>MalformedXML</Code>'),
    ]);
    expect((await send({ url: '/bucket?versioning' })).body).not.toContain('Status');
  });
});

describe('responses', () => {
  it('have a status, headers and a body of their own', async () => {
    const made = await put('/bucket/a', '0123456789', {
      'content-type': 'text/plain',
      'x-amz-meta-note': 'hi',
    });
    expect(made).toMatchObject({ statusCode: 200, body: '' });
    expect(made.headers.etag).toMatch(/^"[0-9a-f]{32}"$/);
    const found = await send({ url: '/bucket/a', headers: { range: 'bytes=2-4' } });
    expect(found).toMatchObject({ statusCode: 206, body: '234' });
    expect(found.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-range': 'bytes 2-4/10',
      'x-amz-meta-note': 'hi',
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
    });
    expect(await send({ method: 'DELETE', url: '/bucket/a' })).toMatchObject({ statusCode: 204, body: '' });
  });

  it('of HEAD have no body, also where they are errors', async () => {
    const answer = await send({ method: 'HEAD', url: '/bucket/none' });
    expect(answer).toMatchObject({ statusCode: 404, body: '' });
  });

  it('tell of conditions that did not hold by their status', async () => {
    const { headers } = await put('/bucket/a', 'x');
    const unchanged = await send({ url: '/bucket/a', headers: { 'if-none-match': String(headers.etag) } });
    expect(unchanged.statusCode).toBe(304);
    const since = { 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' };
    expect((await send({ url: '/bucket/a', headers: since })).statusCode).toBe(304);
    expect((await send({ url: '/bucket/a', headers: { 'if-match': '"0"' } })).statusCode).toBe(412);
  });

  it('have a policy as it was written', async () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::bucket/*' }],
    });
    expect((await put('/bucket?policy', policy)).statusCode).toBe(200);
    expect((await send({ url: '/bucket?policy' })).body).toBe(policy);
  });

  it('have the type of a grantee as an attribute', async () => {
    expect((await send({ url: '/bucket?acl' })).body).toContain(
      '<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>',
    );
  });

  it('say in errors what they are about', async () => {
    const { body, statusCode } = await send({ url: '/none?acl' });
    expect(statusCode).toBe(404);
    expect(body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchBucket<\/Code><Message>The specified bucket does not exist<\/Message><BucketName>none<\/BucketName><RequestId>[^<]+<\/RequestId><\/Error>$/,
    );
  });

  it('encode keys that XML cannot carry, where they are asked to', async () => {
    await put('/bucket/a%01%20b', 'x');
    const { body } = await send({ url: '/bucket?list-type=2&encoding-type=url' });
    expect(body).toContain('<Key>a%01+b</Key>');
  });
});
