import type { Operation } from '../../service.ts';
import { requireText } from '../input.ts';
import type { Queues } from '../queues.ts';

/** PurgeQueue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
export function purgeQueue(queues: Queues): Operation {
  return (input) => {
    queues.byUrl(requireText(input, 'QueueUrl')).purge();
    return {};
  };
}
