import type { Operation } from '../../service.ts';
import { optionalInteger, optionalText } from '../input.ts';
import type { Queues } from '../queues.ts';

const MAX_QUEUES = 1000;

/** ListQueues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
export function listQueues(queues: Queues): Operation {
  return (input) => {
    const prefix = optionalText(input, 'QueueNamePrefix') ?? '';
    const max = optionalInteger(input, 'MaxResults', { min: 1, max: MAX_QUEUES });
    const after = optionalText(input, 'NextToken') ?? '';
    const names = queues
      .all()
      .map((queue) => queue.name)
      .filter((name) => name.startsWith(prefix) && name > after)
      .sort();
    const page = names.slice(0, max ?? MAX_QUEUES);
    return {
      QueueUrls: page.map((name) => queues.urlOf(queues.byName(name))),
      // SQS pages only for those who ask for it.
      NextToken: max !== undefined && page.length < names.length ? page.at(-1) : undefined,
    };
  };
}
