import { describe, expect, it } from 'vitest';
import { noteFaults, toCliError } from '../../../../cli/aws/faults.ts';
import { CliError } from '../../../../cli/cli-error.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';

const AWS = { region: 'eu-west-1', endpoint: undefined };
const LAPTOP = { region: 'us-east-1', endpoint: 'http://127.0.0.1:4566' };

function fault(name: string, message = '', more: object = {}): Error {
  return Object.assign(new Error(message), { name, $metadata: {} }, more);
}

describe('what AWS answers', () => {
  it.each([
    ['NO_CREDENTIALS', fault('CredentialsProviderError', 'Could not load\n credentials'), /--profile/],
    ['NO_REGION', new Error('Region is missing'), /--region/],
    [
      'NO_ENDPOINT',
      fault('Error', 'connect', { code: 'ECONNREFUSED' }),
      /Nothing answers at AWS in eu-west-1/,
    ],
    ['NO_ENDPOINT', fault('TimeoutError'), /TimeoutError/],
    ['NO_TABLE', fault('ResourceNotFoundException', 'Requested resource not found'), /--help lists it/],
    ['THROTTLED', fault('ThrottlingException', 'Rate exceeded'), /in a minute/],
    ['THROTTLED', fault('ProvisionedThroughputExceededException', 'x'), /in a minute/],
    ['NO_ACCESS', fault('AccessDeniedException', 'not authorized to perform: x'), /--profile/],
    ['NO_ACCESS', fault('UnrecognizedClientException', 'x'), /--profile/],
    ['NO_ACCESS', fault('ExpiredTokenException', 'x'), /--profile/],
    ['AWS_REFUSED', fault('ValidationException', 'a\nreason'), /ValidationException: a reason/],
    ['AWS_CALL_FAILED', new RemediatorError('AWS_CALL_FAILED', 'It failed.'), /It failed\. Nothing to do/],
  ])('%s: one line with what to do', (code, error, message) => {
    const told = toCliError(error, AWS);
    expect(told).toBeInstanceOf(CliError);
    expect(told).toMatchObject({ code, exitCode: 2, message: expect.stringMatching(message), cause: error });
    expect((told as CliError).message).not.toContain('\n');
  });

  it('names endpoint, operation and table', async () => {
    type Middleware = (next: () => Promise<unknown>, context: object) => (args: object) => Promise<unknown>;
    const added: Middleware[] = [];
    // Of a client of the SDK the middleware's place is enough.
    noteFaults({
      middlewareStack: { add: (middleware) => void added.push(middleware as unknown as Middleware) },
    });
    const error = fault('ResourceNotFoundException');
    const call = added[0]?.(() => Promise.reject(error), { commandName: 'ScanCommand' });
    await expect(call?.({ input: { TableName: 'Findings' } })).rejects.toBe(error);
    expect(toCliError(error, LAPTOP)).toMatchObject({
      message: expect.stringMatching(/no table Findings at http:\/\/127\.0\.0\.1:4566/),
    });
  });

  it('of what is no table, it says what AWS says', async () => {
    type Middleware = (next: () => Promise<unknown>, context: object) => (args: object) => Promise<unknown>;
    const added: Middleware[] = [];
    // Of a client of the SDK the middleware's place is enough.
    noteFaults({
      middlewareStack: { add: (middleware) => void added.push(middleware as unknown as Middleware) },
    });
    const error = fault('ResourceNotFoundException', 'Function not found');
    const call = added[0]?.(() => Promise.reject(error), { commandName: 'GetFunctionCommand' });
    await expect(call?.({ input: { FunctionName: 'x' } })).rejects.toBe(error);
    expect(toCliError(error, LAPTOP)).toMatchObject({
      message: expect.stringMatching(/^GetFunction at .*Function not found/),
    });
  });

  it.each([new TypeError('a bug'), new CliError('USAGE', 'x'), 'text'])('%s stays what it is', (error) => {
    expect(toCliError(error, AWS)).toBe(error);
  });
});
