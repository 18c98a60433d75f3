import {
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { InvokeResult } from '../../../../local/functions/invoke-result.ts';
import { createLambdaService } from '../../../../local/lambda/lambda-service.ts';
import {
  failed,
  failureQueueArn,
  fixtureFunction,
  fixtureStream,
  succeeded,
  throttled,
} from '../../../helpers/local-functions.ts';
import { CREDENTIALS, startTestEndpoint } from '../endpoint/start-endpoint.ts';

const STREAM = 'arn:aws:dynamodb:us-east-1:123456789012:table/Items/stream/1';
const FUNCTION = fixtureFunction('handlers/echo.handler', {
  reservedConcurrency: 2,
  streams: [fixtureStream({ filterPatterns: [{ eventName: ['INSERT'] }] })],
});
const { functionName: FunctionName, functionArn } = FUNCTION;

async function start(result: InvokeResult = succeeded({ done: true }), others = true) {
  const calls: unknown[] = [];
  const service = createLambdaService({
    functions: [FUNCTION],
    others,
    streamArnOf: async (table) => (table === 'Items' ? STREAM : undefined),
    host: () => ({
      invoke: async (name, event) => {
        calls.push({ name, event });
        return result;
      },
      invokeAsync: (name, event) => void calls.push({ name, event, later: true }),
    }),
  });
  const endpoint = await startTestEndpoint({
    services: [service],
    account: {
      handleHttp: async () => ({
        statusCode: 404,
        headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
        body: '{"Message":"the account\'s"}',
      }),
    },
  });
  const client = new LambdaClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await endpoint[Symbol.asyncDispose]();
  });
  return { client, calls };
}

const event = { source: 'aws.test', text: 'grüß' };
const Payload = JSON.stringify(event);

describe("Lambda's API on the laptop", () => {
  it('calls a function, and answers what it returned', async () => {
    const { client, calls } = await start();
    const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({ done: true });
    expect(calls).toEqual([{ name: FunctionName, event }]);
  });

  it("a function's own error is an answer, with FunctionError", async () => {
    const { client } = await start(failed('it broke'));
    const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({ errorMessage: 'it broke' });
  });

  it('Event does not wait; DryRun does nothing; both by name, ARN and $LATEST', async () => {
    const { client, calls } = await start();
    const later = { InvocationType: 'Event', Payload } as const;
    const byArn = await client.send(new InvokeCommand({ ...later, FunctionName: `${functionArn}:$LATEST` }));
    expect(byArn.StatusCode).toBe(202);
    const dry = await client.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun', Payload }));
    expect(dry.StatusCode).toBe(204);
    expect(calls).toEqual([{ name: FunctionName, event, later: true }]);
  });

  it('refuses as Lambda does', async () => {
    const { client, calls } = await start(throttled);
    const refused = (input: object) => client.send(new InvokeCommand({ FunctionName, Payload, ...input }));
    await expect(refused({ Payload: '{' })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await expect(
      refused({ InvocationType: 'Event', Payload: JSON.stringify('x'.repeat(1024 * 1024)) }),
    ).rejects.toMatchObject({ name: 'RequestTooLargeException', $metadata: { httpStatusCode: 413 } });
    expect(calls).toEqual([]);
    await expect(refused({})).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  });

  it("a function that is not the service's is the account's", async () => {
    const { client } = await start();
    await expect(client.send(new InvokeCommand({ FunctionName: 'another', Payload }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "the account's",
    });
  });

  it('there is no such function where the account has none', async () => {
    const { client } = await start(succeeded(), false);
    await expect(client.send(new GetFunctionCommand({ FunctionName: 'another' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: another',
    });
  });

  it('shows functions as they are deployed', async () => {
    const { client } = await start();
    const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(configuration).toMatchObject({
      FunctionName,
      State: 'Active',
      LastUpdateStatus: 'Successful',
      Role: 'arn:aws:iam::123456789012:role/fixture',
    });
    const { Configuration, Concurrency } = await client.send(new GetFunctionCommand({ FunctionName }));
    expect(Configuration).toMatchObject({ FunctionArn: functionArn });
    expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 2 });
    expect(await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).toMatchObject({
      ReservedConcurrentExecutions: 2,
    });
    expect(await client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: failureQueueArn } },
    });
  });

  it('lists the functions of the service', async () => {
    const { client } = await start();
    const { Functions } = await client.send(new ListFunctionsCommand({}));
    expect(Functions).toMatchObject([{ FunctionName, FunctionArn: functionArn, State: 'Active' }]);
  });

  it('shows event source mappings', async () => {
    const { client } = await start();
    const { EventSourceMappings } = await client.send(new ListEventSourceMappingsCommand({ FunctionName }));
    expect(EventSourceMappings).toEqual([
      expect.objectContaining({
        State: 'Enabled',
        EventSourceArn: STREAM,
        BatchSize: 10,
        MaximumRetryAttempts: 2,
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      }),
    ]);
  });
});
