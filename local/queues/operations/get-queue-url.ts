import type { Operation } from '../../service.ts';
import { requireText } from '../input.ts';
import type { Queues } from '../queues.ts';

/** GetQueueUrl. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
export function getQueueUrl(queues: Queues): Operation {
  return (input) => ({ QueueUrl: queues.urlOf(queues.byName(requireText(input, 'QueueName'))) });
}
