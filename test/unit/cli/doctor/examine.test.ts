import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { noteFaults } from '../../../../cli/aws/faults.ts';
import { type Check, pass } from '../../../../cli/doctor/check.ts';
import { examine } from '../../../../cli/doctor/examine.ts';
import { deployed, fault } from './doctor.fixture.ts';

const throwing = (error: unknown): Check => ({
  id: 'x',
  group: 'Events',
  title: 'x',
  run: async () => {
    throw error;
  },
});
const onAws = deployed({});
const onEndpoint = { ...onAws, aws: { ...onAws.aws, target: { region: 'us-east-1', endpoint: 'http://x' } } };

/** An error of a call that a client noted. */
async function noted(error: Error): Promise<Error> {
  const client = noteFaults(
    new LambdaClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      requestHandler: { handle: () => Promise.reject(error) },
      maxAttempts: 1,
    }),
  );
  return client.send(new GetFunctionCommand({ FunctionName: 'f' })).then(
    () => new Error('no error'),
    (thrown: Error) => thrown,
  );
}

describe('a check', () => {
  it('says what it found', async () => {
    const check = { ...throwing(''), run: async () => [pass('all')] };
    expect((await examine(check, onAws)).results).toEqual([{ verdict: 'pass', found: 'all' }]);
  });

  it('that lacks a permission names the action, and does not pass', async () => {
    const denied = await noted(fault('AccessDeniedException', 'User x is not authorized'));
    expect((await examine(throwing(denied), onAws)).results).toEqual([
      {
        verdict: 'unknown',
        found: 'lambda:GetFunction is not allowed with these credentials',
        remedy: expect.stringContaining('User x is not authorized'),
      },
    ]);
  });

  it('of what an endpoint does not have is left out; AWS has everything', async () => {
    const missing = await noted(fault('UnknownOperationException', 'not known here'));
    expect((await examine(throwing(missing), onEndpoint)).results).toEqual([
      { verdict: 'skip', found: 'lambda:GetFunction is not available on this endpoint' },
    ]);
    expect((await examine(throwing(missing), onAws)).results).toMatchObject([{ verdict: 'unknown' }]);
  });

  it.each([
    [
      'a throttled call',
      fault('ThrottlingException', 'Rate exceeded'),
      'unknown',
      /ThrottlingException: Rate/,
    ],
    ['an answer that is none', fault('SyntaxError', '<html>', 500), 'unknown', /none of AWS's \(HTTP 500\)/],
    ['a table that is not there', fault('ResourceNotFoundException'), 'fail', /There is no table/],
  ])('%s: %s', async (_, error, verdict, found) => {
    const { results } = await examine(throwing(error), onEndpoint);
    expect(results).toMatchObject([{ verdict, found: expect.stringMatching(found) }]);
  });

  it.each([
    ['NO_CREDENTIALS', fault('CredentialsProviderError')],
    ['NO_ENDPOINT', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ])('%s ends all of it', async (code, error) => {
    await expect(examine(throwing(error), onAws)).rejects.toMatchObject({ code });
  });

  it('a bug stays a bug', async () => {
    await expect(examine(throwing(new TypeError('a bug')), onAws)).rejects.toThrow(TypeError);
  });
});
