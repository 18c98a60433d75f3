import { list, structure, text } from './shapes.ts';
import type { Subscription } from './topics.ts';

export const SUBSCRIPTIONS = structure({
  Subscriptions: list(
    structure({ SubscriptionArn: text, Owner: text, Protocol: text, Endpoint: text, TopicArn: text }),
  ),
});

/** Subscriptions as the API lists them. */
export function viewSubscriptions(subscriptions: readonly Subscription[], accountId: string): object {
  return {
    Subscriptions: subscriptions.map(({ arn, topicArn, functionArn }) => ({
      SubscriptionArn: arn,
      Owner: accountId,
      Protocol: 'lambda',
      Endpoint: functionArn,
      TopicArn: topicArn,
    })),
  };
}
