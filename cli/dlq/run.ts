import { systemClock } from '../../shared/aws/clock.ts';
import { type Aws, withAws } from '../aws/open-aws.ts';
import type { ClientSettings } from '../aws/settings.ts';
import { openProgress } from '../progress.ts';
import { onInterrupt } from '../runbook/on-interrupt.ts';
import type { StackOptions } from '../stack/options.ts';
import { readStack } from '../stack/read-stack.ts';
import { openUi } from '../ui.ts';
import { type ListOptions, listDeadLetters } from './list.ts';
import type { Queues } from './ports.ts';
import { type RedriveOptions, redrive } from './redrive.ts';

/** A function of the stack may take 60 s; what it was told twice it does once. */
const INVOKE_TIMEOUT_MS = 75_000;

export function runList(names: readonly string[], options: StackOptions & ListOptions): Promise<void> {
  return withAws(options, async (aws) => {
    const deps = { queues: await openQueues(aws), stack: await readStack(aws, options), clock: systemClock };
    await listDeadLetters({ ...deps, ui: openUi() }, names, options);
  });
}

export function runRedrive(names: readonly string[], options: StackOptions & RedriveOptions): Promise<void> {
  return withAws(options, async (aws) => {
    const stack = await readStack(aws, options);
    const queues = await openQueues(aws);
    const functions = await openFunctions(aws);
    const streams = await openStreams(aws, stack.region);
    const stop = new AbortController();
    using _ = onInterrupt(() => stop.abort());
    using progress = await openProgress();
    const onProgress = (done: number, total: number) =>
      progress.show(() => ({ share: done / total, text: `${done} of ${total} messages` }));
    const ui = openUi();
    await redrive({ ui, stack, queues, functions, streams, onProgress, signal: stop.signal }, names, options);
  });
}

/** SQS of a deployment. */
export async function openQueues(aws: Aws): Promise<Queues> {
  const { createQueues } = await import('./sqs-queues.ts');
  const client = await aws.open('sqs', async (settings) => {
    const { SQSClient } = await import('@aws-sdk/client-sqs');
    // Otherwise the queue's URL is where calls go: the endpoint that was named may be a way through to it.
    return new SQSClient({ ...settings, ...(settings.endpoint ? { useQueueUrlAsEndpoint: false } : {}) });
  });
  return createQueues(client);
}

async function openFunctions(aws: Aws) {
  const { createFunctions } = await import('./lambda-functions.ts');
  const client = await aws.open('lambda, patient', async (settings: ClientSettings) => {
    const { LambdaClient } = await import('@aws-sdk/client-lambda');
    const requestHandler = {
      ...settings.requestHandler,
      requestTimeout: INVOKE_TIMEOUT_MS,
      socketTimeout: INVOKE_TIMEOUT_MS,
    };
    return new LambdaClient({ ...settings, requestHandler });
  });
  return createFunctions(client);
}

async function openStreams(aws: Aws, region: string) {
  const { createStreams } = await import('./stream-records.ts');
  const client = await aws.open('dynamodb-streams', async (settings) => {
    const { DynamoDBStreamsClient } = await import('@aws-sdk/client-dynamodb-streams');
    return new DynamoDBStreamsClient(settings);
  });
  return createStreams({ client, region, clock: systemClock });
}
