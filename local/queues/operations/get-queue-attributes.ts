import type { Operation } from '../../service.ts';
import { requireText, textList } from '../input.ts';
import type { Queue } from '../queue.ts';
import { READABLE } from '../queue-attributes.ts';
import type { Queues } from '../queues.ts';
import { SqsError } from '../sqs-error.ts';

/** GetQueueAttributes. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export function getQueueAttributes(queues: Queues): Operation {
  return (input) => {
    const queue = queues.byUrl(requireText(input, 'QueueUrl'));
    const names = textList(input, 'AttributeNames');
    const unknown = names.find((name) => name !== 'All' && !READABLE.has(name));
    if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    const wanted = Object.entries(readAttributes(queue)).filter(
      ([name]) => names.includes('All') || names.includes(name),
    );
    return wanted.length > 0 ? { Attributes: Object.fromEntries(wanted) } : {};
  };
}

function readAttributes(queue: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = queue.counts();
  const created = String(Math.floor(queue.createdAt / 1000));
  return {
    ...Object.fromEntries(queue.attributes),
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
  };
}
