import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { QueryService } from '../service.ts';
import type { TopicDefinition } from '../service-definition/service-definition.ts';
import type { Message } from './message.ts';
import { notificationEvent } from './notification.ts';
import { getTopicAttributes } from './operations/get-topic-attributes.ts';
import { listSubscriptions } from './operations/list-subscriptions.ts';
import { listSubscriptionsByTopic } from './operations/list-subscriptions-by-topic.ts';
import { listTopics } from './operations/list-topics.ts';
import { publish } from './operations/publish.ts';
import { publishBatch } from './operations/publish-batch.ts';
import { invalidParameter, topicDoesNotExist } from './sns-error.ts';

export interface TopicsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Standard topics, as the service deploys them: none can be made later. */
  readonly topics: readonly TopicDefinition[];
}

/** A function that hears of what is published. */
export interface Subscriber {
  readonly functionArn: string;
  /** Takes the event; never waits, and never throws. */
  readonly target: (event: object) => void;
}

export interface Subscription extends Subscriber {
  readonly arn: string;
  readonly topicArn: string;
}

/** SNS as the laptop's cloud has it: the topics of serverless.yml, and functions that are subscribed to them. */
export class Topics {
  readonly service: QueryService;
  readonly #deps: TopicsDeps;
  readonly #subscriptions: Subscription[] = [];

  constructor(deps: TopicsDeps) {
    this.#deps = deps;
    this.service = {
      signingName: 'sns',
      namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
      operations: {
        GetTopicAttributes: getTopicAttributes(this),
        ListSubscriptions: listSubscriptions(this),
        ListSubscriptionsByTopic: listSubscriptionsByTopic(this),
        ListTopics: listTopics(this),
        Publish: publish(this),
        PublishBatch: publishBatch(this),
      },
    };
  }

  /** @throws AwsError NotFound */
  subscribe(topicArn: string, subscriber: Subscriber): void {
    const { arn } = this.get(topicArn);
    this.#subscriptions.push({ ...subscriber, arn: `${arn}:${this.#deps.ids.uuid()}`, topicArn: arn });
  }

  /** Hands a message to every subscriber, each with an event of its own. @returns the message's ID */
  publish(topic: TopicDefinition, message: Message): string {
    const { clock, ids } = this.#deps;
    const publication = {
      messageId: ids.uuid(),
      topicArn: topic.arn,
      publishedAt: clock.now(),
      message,
    };
    for (const { arn, target } of this.subscriptionsOf(topic)) target(notificationEvent(arn, publication));
    return publication.messageId;
  }

  /** @throws AwsError InvalidParameter for what is no ARN, NotFound */
  get(arn: string): TopicDefinition {
    const elements = arn.split(':').length;
    if (elements < 6) {
      throw invalidParameter(`TopicArn Reason: An ARN must have at least 6 elements, not ${elements}`);
    }
    const found = this.#deps.topics.find((topic) => topic.arn === arn);
    if (found === undefined) throw topicDoesNotExist();
    return found;
  }

  all(): readonly TopicDefinition[] {
    return this.#deps.topics;
  }

  subscriptions(): readonly Subscription[] {
    return this.#subscriptions;
  }

  subscriptionsOf({ arn }: TopicDefinition): readonly Subscription[] {
    return this.#subscriptions.filter(({ topicArn }) => topicArn === arn);
  }
}
