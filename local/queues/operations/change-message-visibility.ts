import type { Operation } from '../../service.ts';
import { optionalInteger, requireText } from '../input.ts';
import type { Queues } from '../queues.ts';
import { missingParameter } from '../sqs-error.ts';

const MAX_VISIBILITY_SECONDS = 43_200;

/** ChangeMessageVisibility. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export function changeMessageVisibility(queues: Queues): Operation {
  return (input) => {
    const queue = queues.byUrl(requireText(input, 'QueueUrl'));
    const receiptHandle = requireText(input, 'ReceiptHandle');
    const seconds = optionalInteger(input, 'VisibilityTimeout', { min: 0, max: MAX_VISIBILITY_SECONDS });
    if (seconds === undefined) throw missingParameter('VisibilityTimeout');
    queue.changeVisibility(receiptHandle, seconds);
    return {};
  };
}
