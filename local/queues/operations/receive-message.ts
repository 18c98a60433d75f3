import type { JsonObject, Operation } from '../../service.ts';
import { optionalInteger, requireText, textList } from '../input.ts';
import { type Message, type MessageAttributes, md5, md5OfAttributes } from '../message.ts';
import type { Queues } from '../queues.ts';

const MAX_MESSAGES = 10;
const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_WAIT_SECONDS = 20;

/** ReceiveMessage, long polling included. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export function receiveMessage(queues: Queues): Operation {
  return async (input) => {
    const queue = queues.byUrl(requireText(input, 'QueueUrl'));
    const visibility = optionalInteger(input, 'VisibilityTimeout', { min: 0, max: MAX_VISIBILITY_SECONDS });
    const wait = optionalInteger(input, 'WaitTimeSeconds', { min: 0, max: MAX_WAIT_SECONDS });
    const show = {
      system: [...textList(input, 'AttributeNames'), ...textList(input, 'MessageSystemAttributeNames')],
      message: textList(input, 'MessageAttributeNames'),
    };
    const messages = await queue.receive({
      max: optionalInteger(input, 'MaxNumberOfMessages', { min: 1, max: MAX_MESSAGES }) ?? 1,
      visibilityTimeoutSeconds: visibility ?? queue.seconds('VisibilityTimeout'),
      waitSeconds: wait ?? queue.seconds('ReceiveMessageWaitTimeSeconds'),
    });
    return messages.length > 0 ? { Messages: messages.map((message) => present(message, show)) } : {};
  };
}

function present(
  message: Message,
  show: { system: readonly string[]; message: readonly string[] },
): JsonObject {
  const system = pick(systemAttributes(message), (name) => isShown(name, show.system));
  const attributes: MessageAttributes = pick(message.attributes, (name) => isShown(name, show.message));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(Object.keys(attributes).length > 0
      ? { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) }
      : {}),
  };
}

function systemAttributes(message: Message): Record<string, string> {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
}

/** `All`, a name, or a prefix such as `foo.*`. */
function isShown(name: string, wanted: readonly string[]): boolean {
  return wanted.some(
    (entry) =>
      entry === 'All' ||
      entry === name ||
      (entry.endsWith('.*') && name.startsWith(entry.slice(0, -1))) ||
      entry === '.*',
  );
}

function pick<T>(record: Readonly<Record<string, T>>, keep: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => keep(name)));
}
