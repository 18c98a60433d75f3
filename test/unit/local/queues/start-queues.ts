import { expect } from 'vitest';
import { createQueues } from '../../../../local/queues/queues.ts';
import type { JsonObject } from '../../../../local/service.ts';
import { countingIds, ManualClock } from './manual-clock.ts';

export const CONTEXT = {
  region: 'eu-west-1',
  accountId: '123456789012',
  principalArn: 'arn:p',
  requestId: 'r',
};
export const URL = 'http://127.0.0.1:4566/123456789012/failures';
export const ARN = 'arn:aws:sqs:us-east-1:123456789012:failures';

export interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly [member: string]: unknown;
}

/** One queue, `failures`, and shorthands for its operations. */
export function start() {
  const clock = new ManualClock();
  const queues = createQueues({
    clock,
    ids: countingIds(),
    accountId: '123456789012',
    endpoint: () => 'http://127.0.0.1:4566',
    region: 'us-east-1',
  });
  queues.create('failures');
  const call = async (operation: string, input: JsonObject = {}) =>
    (await queues.service.operations[operation]?.(input, CONTEXT)) as JsonObject;
  const receive = async (options: JsonObject = {}) =>
    ((await call('ReceiveMessage', { QueueUrl: URL, ...options })).Messages ?? []) as Received[];
  const count = async () => {
    const { Attributes } = await call('GetQueueAttributes', { QueueUrl: URL, AttributeNames: ['All'] });
    const all = Attributes as Record<string, string>;
    return [
      all.ApproximateNumberOfMessages,
      all.ApproximateNumberOfMessagesNotVisible,
      all.ApproximateNumberOfMessagesDelayed,
    ].map(Number);
  };
  return { clock, queues, call, receive, count };
}

export const failsWith = (code: string) => expect.objectContaining({ code: `com.amazonaws.sqs#${code}` });
