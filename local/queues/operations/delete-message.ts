import type { Operation } from '../../service.ts';
import { requireText } from '../input.ts';
import type { Queues } from '../queues.ts';

/** DeleteMessage. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export function deleteMessage(queues: Queues): Operation {
  return (input) => {
    queues.byUrl(requireText(input, 'QueueUrl')).delete(requireText(input, 'ReceiptHandle'));
    return {};
  };
}
