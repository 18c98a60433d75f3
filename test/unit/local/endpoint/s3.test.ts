import { describe, expect, it } from 'vitest';
import { createMemoryAccount } from '../../../../local/account/memory/memory-account.ts';
import { systemClock } from '../../../../local/clock.ts';
import { randomIds } from '../../../../local/ids.ts';
import { ACCOUNT, authorization, send, startTestEndpoint } from './start-endpoint.ts';

const PRESIGNED = new URLSearchParams({
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': 'test/20240513/eu-west-1/s3/aws4_request',
  'X-Amz-Date': '20240513T000000Z',
  'X-Amz-Expires': '3600',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': '00',
});

async function startWithObject(maxBodyBytes?: number) {
  const account = createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: ACCOUNT });
  const s3 = (operation: string, input: Record<string, unknown>) =>
    account.call({ service: 's3', operation, input, region: 'us-east-1' });
  await s3('CreateBucket', { Bucket: 'bucket' });
  await s3('PutObject', { Bucket: 'bucket', Key: 'a/b.txt', Body: 'hello', ContentType: 'text/plain' });
  return startTestEndpoint({ account, ...(maxBodyBytes && { maxBodyBytes }) });
}

const HELLO = {
  statusCode: 200,
  headers: expect.objectContaining({ 'content-type': 'text/plain' }),
  body: 'hello',
};

describe('S3 at the endpoint', () => {
  it('answers presigned URLs', async () => {
    await using cloud = await startWithObject();
    const get = (path: string) => send(cloud.url, { method: 'GET', path });
    expect(await get(`/bucket/a/b.txt?${PRESIGNED}`)).toEqual(HELLO);
    expect(await get(`/bucket/a/b.txt?${PRESIGNED}&x-id=GetObject`)).toEqual(HELLO);
    expect(await get(`/bucket/none?${PRESIGNED}`)).toMatchObject({ statusCode: 404 });
    expect(await get('/bucket/a/b.txt')).toMatchObject({ statusCode: 403 });
  });

  it.each(['bucket.localhost', 'bucket.localhost:4566', 'BUCKET.localhost:4566'])(
    'takes the bucket from the host %s, as SDKs write it for localhost',
    async (host) => {
      await using cloud = await startWithObject();
      const headers = { host, authorization: authorization('s3') };
      expect(await send(cloud.url, { method: 'GET', path: '/a/b.txt', headers })).toEqual(HELLO);
    },
  );

  it.each([
    'bucket.localhost.evil.example',
    'localhost.evil.example:4566',
    'bucket.127.0.0.1',
    '.localhost',
    'a/b.localhost',
  ])('refuses the host %s', async (host) => {
    await using cloud = await startWithObject();
    const headers = { host, authorization: authorization('s3') };
    expect(await send(cloud.url, { method: 'GET', path: '/a/b.txt', headers })).toMatchObject({
      statusCode: 403,
    });
  });

  it('takes parts that are together larger than one request may be', async () => {
    const [size, count] = [5 * 1024 * 1024, 2];
    await using cloud = await startWithObject(size);
    const content = 'x'.repeat(size);
    const ask = (method: string, path: string, body = '') =>
      send(cloud.url, { method, path, body, headers: { authorization: authorization('s3') } });
    const begun = await ask('POST', '/bucket/large?uploads');
    const uploadId = /<UploadId>(.+)<\/UploadId>/.exec(begun.body)?.[1];
    const parts: string[] = [];
    for (let number = 1; number <= count; number++) {
      const { headers } = await ask(
        'PUT',
        `/bucket/large?partNumber=${number}&uploadId=${uploadId}`,
        content,
      );
      parts.push(`<Part><PartNumber>${number}</PartNumber><ETag>${String(headers.etag)}</ETag></Part>`);
    }
    const document = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
    expect(await ask('POST', `/bucket/large?uploadId=${uploadId}`, document)).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining(`-${count}&quot;</ETag>`),
    });
    const head = await ask('HEAD', '/bucket/large');
    expect(head.headers['content-length']).toBe(String(size * count));
  });
});
