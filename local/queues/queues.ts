import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { AwsJsonService } from '../service.ts';
import type { MessageAttributes } from './message.ts';
import { changeMessageVisibility } from './operations/change-message-visibility.ts';
import { createQueue } from './operations/create-queue.ts';
import { deleteMessage } from './operations/delete-message.ts';
import { getQueueAttributes } from './operations/get-queue-attributes.ts';
import { getQueueUrl } from './operations/get-queue-url.ts';
import { listQueues } from './operations/list-queues.ts';
import { purgeQueue } from './operations/purge-queue.ts';
import { receiveMessage } from './operations/receive-message.ts';
import { sendMessage } from './operations/send-message.ts';
import { Queue } from './queue.ts';
import { queueAttributes } from './queue-attributes.ts';
import { queueDoesNotExist, SqsError } from './sqs-error.ts';

export interface QueuesDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly accountId: string;
  /** Where queue URLs point, such as `http://127.0.0.1:4566`; a function where the port is not known yet. */
  readonly endpoint: string | (() => string);
  /** Region of queues that are made in-process. */
  readonly region: string;
}

/** Makes the queues of the laptop's cloud: enough of SQS for failure queues. */
export function createQueues(deps: QueuesDeps): Queues {
  return new Queues(deps);
}

/** Queues by name: one namespace for all regions, so that a failure is found from whatever region one asks. */
export class Queues implements Disposable {
  readonly service: AwsJsonService;
  readonly #deps: QueuesDeps;
  readonly #queues = new Map<string, Queue>();

  constructor(deps: QueuesDeps) {
    this.#deps = deps;
    this.service = {
      targetPrefix: 'AmazonSQS',
      jsonVersion: '1.0',
      operations: {
        CreateQueue: createQueue(this),
        ListQueues: listQueues(this),
        GetQueueUrl: getQueueUrl(this),
        GetQueueAttributes: getQueueAttributes(this),
        SendMessage: sendMessage(this),
        ReceiveMessage: receiveMessage(this),
        DeleteMessage: deleteMessage(this),
        PurgeQueue: purgeQueue(this),
        ChangeMessageVisibility: changeMessageVisibility(this),
      },
    };
  }

  /**
   * Makes a queue, or returns the one of that name when its attributes are the same.
   * @throws SqsError QueueNameExists, InvalidParameterValue, InvalidAttributeName, InvalidAttributeValue
   */
  create(
    name: string,
    options: { attributes?: Readonly<Record<string, unknown>>; region?: string } = {},
  ): Queue {
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw new SqsError(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    }
    const given = options.attributes ?? {};
    const attributes = queueAttributes(given);
    const existing = this.#queues.get(name);
    if (existing) {
      for (const key of Object.keys(given)) {
        if (existing.attributes.get(key) === attributes.get(key)) continue;
        throw new SqsError(
          'QueueNameExists',
          `A queue already exists with the same name and a different value for attribute ${key}`,
          'QueueAlreadyExists',
        );
      }
      return existing;
    }
    const arn = `arn:aws:sqs:${options.region ?? this.#deps.region}:${this.#deps.accountId}:${name}`;
    const queue = new Queue(arn, attributes, this.#deps);
    this.#queues.set(name, queue);
    return queue;
  }

  /**
   * Sends in-process, as AWS services do to a dead-letter queue or a failure destination.
   * @returns the message's ID
   * @throws SqsError QueueDoesNotExist
   */
  send(queueArn: string, body: string, attributes: MessageAttributes = {}): string {
    const queue = this.byName(queueArn.slice(queueArn.lastIndexOf(':') + 1));
    if (queue.arn !== queueArn) throw queueDoesNotExist();
    return queue.send({ body, attributes, senderId: this.#deps.accountId }).id;
  }

  /** @throws SqsError QueueDoesNotExist */
  byName(name: string): Queue {
    const queue = this.#queues.get(name);
    if (!queue) throw queueDoesNotExist();
    return queue;
  }

  /** The queue that a URL means by its last segment; host and port may be spelled in several ways. */
  byUrl(url: string): Queue {
    return this.byName(url.slice(url.lastIndexOf('/') + 1));
  }

  all(): readonly Queue[] {
    return [...this.#queues.values()];
  }

  urlOf(queue: Queue): string {
    const { endpoint, accountId } = this.#deps;
    return `${typeof endpoint === 'string' ? endpoint : endpoint()}/${accountId}/${queue.name}`;
  }

  /** Ends all waiting receives. */
  close(): void {
    for (const queue of this.#queues.values()) queue.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
