import { afterEach, describe, expect, it } from 'vitest';
import { FunctionPools } from '../../../../local/functions/function-pools.ts';
import type { InvokeResult } from '../../../../local/functions/invoke-result.ts';
import type { FunctionDefinition } from '../../../../local/service-definition/service-definition.ts';
import { countingIds, fixtureFunction, fixtureService } from '../../../helpers/local-functions.ts';

const opened: FunctionPools[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pools) => pools.close()));
});

/** The environments of one function of the fixture service, in real worker threads. */
function open(handler: string, changes: Partial<FunctionDefinition> = {}, maximumEnvironments = 4) {
  const fn = fixtureFunction(handler, changes);
  const lines: string[] = [];
  const pools = new FunctionPools({
    service: {
      service: 'fixture',
      stage: 'test',
      stackName: 'fixture-test',
      accountId: '123456789012',
      region: 'eu-west-1',
      directory: fixtureService,
      functions: [fn],
      tables: [],
      queues: [],
      topics: [],
    },
    endpointUrl: 'http://127.0.0.1:1',
    ids: countingIds(),
    log: (line, from, stream) => lines.push(`${from} ${stream} ${line}`),
    credentialsFor: (name) => ({ accessKeyId: `key-of-${name}`, secretAccessKey: 'secret' }),
    environment: {
      PATH: '/bin',
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 'token',
      GITHUB_TOKEN: 'secret',
    },
    maximumEnvironments,
  });
  opened.push(pools);
  return { pools, lines, invoke: (event: unknown = {}) => pools.invoke(fn, event, 'request-1') };
}

function payloadOf(result: InvokeResult): Record<string, unknown> {
  if (result.outcome !== 'success') throw new Error(`the function failed: ${JSON.stringify(result)}`);
  return result.payload as Record<string, unknown>;
}

function errorOf(result: InvokeResult) {
  if (result.outcome !== 'error') throw new Error(`the function did not fail: ${JSON.stringify(result)}`);
  return result.payload;
}

describe('an environment', () => {
  it('runs the handler with the event and the context of Lambda', async () => {
    const { invoke } = open('handlers/echo.handler', { timeoutSeconds: 5 });
    const payload = payloadOf(await invoke({ detail: ['ä', null] }));
    expect(payload.event).toEqual({ detail: ['ä', null] });
    expect(payload.context).toEqual({
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'fixture-test-handler',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:fixture-test-handler',
      memoryLimitInMB: '256',
      awsRequestId: 'request-1',
      logGroupName: '/aws/lambda/fixture-test-handler',
      logStreamName: expect.stringContaining('[$LATEST]'),
    });
    expect(payload.remainingMs).toBeGreaterThan(0);
    expect(payload.remainingMs).toBeLessThanOrEqual(5000);
  });

  it("gives the function its own variables and keys, and none of the developer's", async () => {
    const { invoke } = open('handlers/echo.handler', { environment: { TABLE: 'Items', AWS_REGION: 'mars' } });
    const environment = payloadOf(await invoke()).environment as Record<string, string>;
    expect(environment).toMatchObject({
      TABLE: 'Items',
      PATH: '/bin',
      TZ: 'UTC',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'key-of-handler',
      AWS_LAMBDA_FUNCTION_NAME: 'fixture-test-handler',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: fixtureService,
      _HANDLER: 'handlers/echo.handler',
    });
    for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'GITHUB_TOKEN', 'VITEST']) {
      expect(environment).not.toHaveProperty(name);
    }
  });

  it('stays warm between invocations', async () => {
    const { invoke } = open('handlers/echo.handler');
    const calls = [];
    for (let index = 0; index < 3; index += 1) calls.push(payloadOf(await invoke()).calls);
    expect(calls).toEqual([1, 2, 3]);
  });

  it('hands every line of output on, whole and in order, before the result', async () => {
    const { invoke, lines } = open('handlers/print.handler');
    await invoke();
    expect(lines.filter((line) => line.includes('stdout'))).toEqual([
      'handler stdout {"_aws":{"CloudWatchMetrics":[]},"Findings":1}',
      'handler stdout in pieces',
      'handler stdout and two',
      'handler stdout without an end',
    ]);
    expect(lines).toContain('handler stderr to stderr');
  });
});

describe('what goes wrong in a function', () => {
  it('is an error object with type, message and trace', async () => {
    const error = errorOf(await open('handlers/faults.throwError').invoke());
    expect(error).toMatchObject({ errorType: 'TypeError', errorMessage: 'it broke' });
    expect(error.trace.join('\n')).toContain('faults.ts');
  });

  it('is told even where what was thrown is no error', async () => {
    const error = errorOf(await open('handlers/faults.throwText').invoke());
    expect(error).toEqual({ errorType: 'string', errorMessage: 'just text', trace: [] });
  });

  it.each(['hang', 'spin'])(
    '%s: the timeout ends it, and the next call has a new environment',
    async (name) => {
      const { invoke } = open(`handlers/faults.${name}`, { timeoutSeconds: 0.1 });
      for (let call = 0; call < 2; call += 1) {
        expect(errorOf(await invoke())).toEqual({
          errorType: 'Sandbox.Timedout',
          errorMessage: 'RequestId: request-1 Error: Task timed out after 0.10 seconds',
          trace: [],
        });
      }
    },
  );

  it('exit: ends the environment, not the host, and keeps its last words', async () => {
    const { invoke, lines } = open('handlers/faults.exit');
    for (let call = 0; call < 2; call += 1) {
      expect(errorOf(await invoke())).toMatchObject({
        errorType: 'Runtime.ExitError',
        errorMessage: 'RequestId: request-1 Error: Runtime exited with error: exit status 3',
      });
    }
    expect(lines).toEqual(['exit stdout last words', 'exit stdout last words']);
  });

  it.each([
    ['stray', 'exit status 128', 'nobody waits for me'],
    ['uncaught', 'exit status 129', 'thrown in a timer'],
  ])('%s: an error that nobody waits for ends the environment', async (name, how, reason) => {
    const { invoke, lines } = open(`handlers/faults.${name}`);
    const error = errorOf(await invoke());
    expect(error).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining(how),
    });
    expect(error.trace.join('\n')).toContain(reason);
    expect(lines.join('\n')).toContain(reason);
  });

  it.each([
    ['handlers/breaks-on-import.handler', 'Error', 'cannot load'],
    ['handlers/nowhere.handler', 'Runtime.ImportModuleError', 'Cannot find module'],
    [
      'handlers/echo.missing',
      'Runtime.HandlerNotFound',
      'handlers/echo.missing is undefined or not exported',
    ],
    ['handlers/echo.notAFunction', 'Runtime.HandlerNotFound', 'is not a function'],
    ['handlers/faults.callback', 'Runtime.CallbackHandlerDeprecated', 'callback-based'],
    ['handlers/faults.circular', 'Runtime.MarshalError', 'circular'],
  ])('%s: %s', async (handler, errorType, message) => {
    const { invoke } = open(handler);
    for (const result of await Promise.all([invoke(), invoke()])) {
      expect(errorOf(result)).toMatchObject({ errorType, errorMessage: expect.stringContaining(message) });
    }
  });
});

describe('the environments of a function', () => {
  it('are as many as invocations at once need, and no more than the maximum', async () => {
    const { invoke } = open('handlers/echo.busy', {}, 2);
    const calls = (await Promise.all(Array.from({ length: 6 }, () => invoke()))).map((result) =>
      result.outcome === 'success' ? Number(result.payload) : 0,
    );
    // Two environments count for themselves: six calls in one would count to six.
    expect(calls).toHaveLength(6);
    expect(Math.max(...calls)).toBeLessThan(6);
    expect(calls.filter((call) => call === 1)).toHaveLength(2);
  });

  it('are limited by reservedConcurrency', async () => {
    const { invoke } = open('handlers/echo.busy', { reservedConcurrency: 1 });
    const results = await Promise.all([invoke(), invoke(), invoke()]);
    expect(results.map((result) => result.outcome === 'success' && result.payload)).toEqual([1, 2, 3]);
  });

  it('are none where reservedConcurrency is 0', async () => {
    const { invoke } = open('handlers/echo.handler', { reservedConcurrency: 0 });
    expect(await invoke()).toMatchObject({ outcome: 'throttled' });
  });

  it('are loaded ahead by warm()', async () => {
    const { pools, invoke } = open('handlers/echo.handler');
    await pools.warm();
    const before = performance.now();
    expect(payloadOf(await invoke()).calls).toBe(1);
    expect(performance.now() - before).toBeLessThan(100);
  });

  it('end with close(), and invocations that wait are told', async () => {
    const { pools, invoke } = open('handlers/faults.hang', {}, 1);
    const running = invoke();
    const waiting = invoke();
    await pools.warm();
    const waitingEnds = expect(waiting).rejects.toThrow('The function host is closed.');
    await pools.close();
    await waitingEnds;
    expect(errorOf(await running).errorType).toBe('Runtime.ExitError');
  });
});
