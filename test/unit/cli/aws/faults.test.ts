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
    ['NO_ENDPOINT', fault('TimeoutError', 'socket hang up', { code: 'ECONNRESET' }), /\(socket hang up\)/],
    ['NO_ENDPOINT', fault('TimeoutError'), /does not answer: each try took too long/],
    ['NO_ENDPOINT', fault('Error', 'write EPROTO 40:error', { code: 'EPROTO' }), /no TLS.*http:\/\//],
    [
      'NO_ENDPOINT',
      fault('Error', 'self-signed', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      /NODE_EXTRA_CA_CERTS/,
    ],
    ['NO_REGION', new Error('Region not accepted: region="x y" is not valid'), /--region/],
    [
      'NOT_AWS',
      fault(
        'SyntaxError',
        'Unexpected token\n  Deserialization error: to see the raw response, inspect {error}.$response',
        { $metadata: { httpStatusCode: 502 } },
      ),
      /^What answers at AWS in eu-west-1 does not know the call \(HTTP 502\), or is not AWS; try again, or mend --endpoint-url$/,
    ],
    ['NOT_AWS', fault('Unknown', 'UnknownError'), /or is not AWS/],
    ['NOT_AWS', fault('Error', 'Parse Error', { code: 'HPE_INVALID_CONSTANT' }), /or is not AWS/],
    [
      'OTHER_TABLE',
      fault('ValidationException', 'The provided key element does not match the schema'),
      /name the right one by its option/,
    ],
    ['NO_TABLE', fault('ResourceNotFoundException', 'Requested resource not found'), /--help lists it/],
    ['THROTTLED', fault('ThrottlingException', 'Rate exceeded'), /in a minute/],
    ['THROTTLED', fault('ProvisionedThroughputExceededException', 'x'), /in a minute/],
    ['NO_ACCESS', fault('AccessDeniedException', 'not authorized to perform: x'), /--profile/],
    ['NO_ACCESS', fault('UnrecognizedClientException', 'x'), /--profile/],
    ['NO_ACCESS', fault('ExpiredTokenException', 'x'), /expired.*log in again/],
    [
      'NO_ACCESS',
      fault('InvalidSignatureException', 'Signature expired: 2020 is now earlier than 2026'),
      /set its clock/,
    ],
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

  it('names the profile that gives no credentials', () => {
    const told = toCliError(fault('CredentialsProviderError', 'Could not load'), {
      ...AWS,
      profile: 'nobody',
    });
    expect(told).toMatchObject({ message: expect.stringMatching(/profile "nobody" .*list-profiles/) });
    const region = toCliError(new Error('Region is missing'), { ...AWS, profile: 'nobody' });
    expect(region).toMatchObject({
      message: expect.stringMatching(/profile "nobody" has none, or is not there.*--region/),
    });
  });

  /** The error of a call, as a client that notes its faults throws it. */
  async function failing(commandName: string, error: Error, endpoint?: string): Promise<void> {
    type Middleware = (next: () => Promise<unknown>, context: object) => (args: object) => Promise<unknown>;
    const added: Middleware[] = [];
    // Of a client of the SDK the middleware's place is enough.
    noteFaults({
      middlewareStack: { add: (middleware) => void added.push(middleware as unknown as Middleware) },
    });
    const context = { commandName, ...(endpoint ? { endpointV2: { url: new URL(endpoint) } } : {}) };
    await expect(added[0]?.(() => Promise.reject(error), context)({ input: {} })).rejects.toBe(error);
  }

  it.each([
    ['UpdateItemCommand', 'ECONNRESET', true],
    ['UpdateItemCommand', 'ECONNREFUSED', false],
    ['ScanCommand', 'ECONNRESET', false],
  ])('%s, %s: whether it was done is not known: %s', async (command, code, unknown) => {
    const error = fault('Error', 'lost', { code });
    await failing(command, error);
    expect((toCliError(error, LAPTOP) as CliError).message.includes('is not known')).toBe(unknown);
  });

  it("names the endpoint that the call went to, without its password, where a service's own was configured", async () => {
    const error = fault('Error', 'connect', { code: 'ECONNREFUSED' });
    await failing('ScanCommand', error, 'http://127.0.0.1:8000/x');
    expect(toCliError(error, AWS)).toMatchObject({
      message: expect.stringMatching(/^Nothing answers at http:\/\/127\.0\.0\.1:8000 \(/),
    });
    const other = fault('Error', 'connect', { code: 'ECONNREFUSED' });
    expect(toCliError(other, { ...AWS, endpoint: 'http://me:secret@127.0.0.1:1' })).toMatchObject({
      message: expect.stringMatching(/^Nothing answers at http:\/\/127\.0\.0\.1:1 \(/),
    });
  });

  it('leaves nothing in its line that a terminal would obey', () => {
    const told = toCliError(fault('ValidationException', 'a\u001b[2Jb'), AWS) as CliError;
    expect(told.message).toContain('a\ufffd[2Jb');
  });

  it.each([new TypeError('a bug'), new CliError('USAGE', 'x'), 'text'])('%s stays what it is', (error) => {
    expect(toCliError(error, AWS)).toBe(error);
  });
});
