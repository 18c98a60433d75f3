import type { Operation } from '../../service.ts';
import { optionalMap, requireText } from '../input.ts';
import type { Queues } from '../queues.ts';

/** CreateQueue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export function createQueue(queues: Queues): Operation {
  return (input, context) => {
    const queue = queues.create(requireText(input, 'QueueName'), {
      attributes: optionalMap(input, 'Attributes'),
      region: context.region,
    });
    return { QueueUrl: queues.urlOf(queue) };
  };
}
