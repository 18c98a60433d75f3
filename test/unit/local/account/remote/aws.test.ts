import { expect, test } from 'vitest';
import { createRemoteAccount } from '../../../../../local/account/remote.ts';
import { responseMetadata } from '../../../../../local/account/response-metadata.ts';

/** A package whose client remembers what it was made with, and answers with `answer`. */
function recordingModule(answer: () => Promise<object>) {
  const configurations: Record<string, unknown>[] = [];
  class EC2Client {
    constructor(configuration: Record<string, unknown>) {
      configurations.push(configuration);
    }
    send = answer;
    destroy(): void {}
  }
  class DescribeVpcsCommand {}
  return { configurations, importModule: async () => ({ EC2Client, DescribeVpcsCommand }) };
}

const CALL = { service: 'ec2', operation: 'DescribeVpcs', input: {}, region: 'eu-west-1' };

test('without an endpoint the SDK finds endpoint and credentials by itself', async () => {
  const { configurations, importModule } = recordingModule(async () => ({ Vpcs: [] }));
  const account = createRemoteAccount({ endpoint: undefined, importModule });
  expect(await account.call(CALL)).toEqual({ Vpcs: [] });
  expect(configurations).toHaveLength(1);
  expect(configurations[0]).toMatchObject({ region: 'eu-west-1' });
  expect(Object.keys(configurations[0] ?? {})).not.toContain('endpoint');
  expect(Object.keys(configurations[0] ?? {})).not.toContain('credentials');
  expect(Object.keys(configurations[0] ?? {})).not.toContain('forcePathStyle');
  await account.close();
});

test('what came with an answer is kept beside it', async () => {
  const $metadata = { httpStatusCode: 202, requestId: 'r-1', attempts: 3 };
  const { importModule } = recordingModule(async () => ({ Vpcs: [], $metadata }));
  const account = createRemoteAccount({ endpoint: undefined, importModule });
  const answer = await account.call(CALL);
  expect(answer).toEqual({ Vpcs: [] });
  expect(responseMetadata(answer, () => 'new')).toEqual({
    RequestId: 'r-1',
    HTTPStatusCode: 202,
    RetryAttempts: 2,
  });
});

test('credentials that are given are used in AWS too', async () => {
  const { configurations, importModule } = recordingModule(async () => ({}));
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const account = createRemoteAccount({ endpoint: undefined, credentials, importModule });
  await account.call(CALL);
  expect(configurations[0]).toMatchObject({ credentials });
});

test('a connection that fails is told without an endpoint to mend', async () => {
  const { importModule } = recordingModule(async () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND ec2.eu-west-1.amazonaws.com'), {
      code: 'ENOTFOUND',
    });
  });
  const account = createRemoteAccount({ endpoint: undefined, importModule });
  await expect(account.call(CALL)).rejects.toMatchObject({
    code: 'EndpointConnectionError',
    message: 'Could not connect to AWS (getaddrinfo ENOTFOUND ec2.eu-west-1.amazonaws.com).',
  });
});

test('requests that were signed for this machine are not passed on to AWS', async () => {
  const account = createRemoteAccount({ endpoint: undefined });
  const answer = await account.handleHttp({
    service: 'ec2',
    region: 'us-east-1',
    method: 'POST',
    url: '/',
    headers: {},
    body: Buffer.alloc(0),
  });
  expect(answer.statusCode).toBe(501);
  expect(String(answer.body)).toContain('Requests to AWS are not passed on');
});
