import type { QueryOperation } from '../../service.ts';
import { refuseNextToken, requireTopicArn } from '../input.ts';
import { structure, text } from '../shapes.ts';
import { SUBSCRIPTIONS, viewSubscriptions } from '../subscription-view.ts';
import type { Topics } from '../topics.ts';

/** ListSubscriptionsByTopic. https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
export function listSubscriptionsByTopic(topics: Topics): QueryOperation {
  return {
    input: structure({ TopicArn: text, NextToken: text }),
    output: SUBSCRIPTIONS,
    run: (input, { accountId }) => {
      refuseNextToken(input);
      return viewSubscriptions(topics.subscriptionsOf(topics.get(requireTopicArn(input))), accountId);
    },
  };
}
