import { createServer } from 'node:net';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../../cli/aws/settings.ts';
import { CliError } from '../../../../cli/cli-error.ts';

const LAPTOP = 'http://127.0.0.1:4566';
const KEYS = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };

describe('where calls go, as the AWS CLI finds it', () => {
  it.each([
    ['the option', { endpointUrl: 'http://x' }, { AWS_ENDPOINT_URL: LAPTOP }, 'http://x'],
    ['the variable', {}, { AWS_ENDPOINT_URL: LAPTOP }, LAPTOP],
    ['an empty variable is none', {}, { AWS_ENDPOINT_URL: '' }, undefined],
    [
      "a service's own variable goes before: the SDK knows both",
      {},
      { AWS_ENDPOINT_URL: LAPTOP, AWS_ENDPOINT_URL_DYNAMODB: 'http://x' },
      undefined,
    ],
    [
      'variables that are to be ignored',
      {},
      { AWS_ENDPOINT_URL: LAPTOP, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      undefined,
    ],
  ])('endpoint: %s', (_, options, environment, endpoint) => {
    expect(settingsOf(options, environment).endpoint).toBe(endpoint);
  });

  it.each([
    ['the option', { region: 'eu-west-1' }, { AWS_REGION: 'eu-west-2' }, 'eu-west-1'],
    ['AWS_REGION', {}, { AWS_REGION: 'eu-west-2', AWS_DEFAULT_REGION: 'eu-west-3' }, 'eu-west-2'],
    ['an empty one is none', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-3' }, 'eu-west-3'],
    ["the profile's", {}, {}, undefined],
    ["any of the laptop's", { endpointUrl: LAPTOP }, {}, 'us-east-1'],
    ["the profile's, of an endpoint on the laptop", { endpointUrl: LAPTOP, profile: 'p' }, {}, undefined],
  ])('region: %s', (_, options, environment, region) => {
    expect(settingsOf(options, environment).region).toBe(region);
  });

  const LAPTOP_KEYS = { accessKeyId: 'laptop', secretAccessKey: 'laptop' };
  it.each([
    ['of an endpoint on the laptop', { endpointUrl: LAPTOP }, {}, LAPTOP_KEYS],
    ['of a profile, wherever', { endpointUrl: LAPTOP, profile: 'p' }, KEYS, undefined],
    [
      'keys go before AWS_PROFILE',
      {},
      { ...KEYS, AWS_SESSION_TOKEN: 'c', AWS_PROFILE: 'p' },
      { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
    ],
    ['half of the keys', {}, { AWS_ACCESS_KEY_ID: 'a' }, undefined],
    [
      'none of ours leave for elsewhere',
      {},
      { AWS_ENDPOINT_URL: LAPTOP, AWS_ENDPOINT_URL_SSM: 'https://x' },
      undefined,
    ],
  ])('credentials: %s', (_, options, environment, credentials) => {
    expect(settingsOf(options, environment).credentials).toEqual(credentials);
  });

  it.each([
    ['AWS_ENDPOINT_URL', 'nonsense', /AWS_ENDPOINT_URL .*"nonsense".*URL such as/],
    ['AWS_ENDPOINT_URL_SSM', 'ftp://x', /AWS_ENDPOINT_URL_SSM/],
    ['AWS_REGION', 'not a region!', /AWS_REGION .*"not a region!".*region such as/],
    ['AWS_DEFAULT_REGION', 'US', /AWS_DEFAULT_REGION/],
  ])('%s=%s is said to be wrong', (name, value, message) => {
    const read = () => settingsOf({}, { [name]: value });
    expect(read).toThrow(CliError);
    expect(read).toThrow(message);
  });
});

describe('an endpoint that takes calls and never answers', () => {
  it.each([
    ['anything', ''],
    ['all of its answer', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"Items":'],
  ])('with %s is given up', async (_, answer) => {
    const server = createServer((socket) => void socket.once('data', () => socket.write(answer || '')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const settings = settingsOf({ endpointUrl: `http://127.0.0.1:${port}` }, {});
    const { requestTimeout, socketTimeout } = settings.requestHandler;
    expect({ requestTimeout, socketTimeout }).toEqual({ requestTimeout: 10_000, socketTimeout: 10_000 });
    const client = new DynamoDBClient({
      ...settings,
      maxAttempts: 1,
      requestHandler: { ...settings.requestHandler, requestTimeout: 30, socketTimeout: 30 },
    });
    await expect(client.send(new ScanCommand({ TableName: 'T' }))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    client.destroy();
    server.close();
  });
});
