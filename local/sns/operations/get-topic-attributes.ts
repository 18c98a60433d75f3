import type { QueryOperation } from '../../service.ts';
import { requireTopicArn } from '../input.ts';
import { map, structure, text } from '../shapes.ts';
import type { Topics } from '../topics.ts';

/** GetTopicAttributes. https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
export function getTopicAttributes(topics: Topics): QueryOperation {
  return {
    input: structure({ TopicArn: text }),
    output: structure({ Attributes: map(text) }),
    run: (input, { accountId }) => {
      const topic = topics.get(requireTopicArn(input));
      return {
        Attributes: {
          TopicArn: topic.arn,
          Owner: accountId,
          DisplayName: topic.displayName,
          ...(topic.kmsMasterKeyId !== undefined && { KmsMasterKeyId: topic.kmsMasterKeyId }),
          SubscriptionsConfirmed: String(topics.subscriptionsOf(topic).length),
          SubscriptionsPending: '0',
          SubscriptionsDeleted: '0',
        },
      };
    },
  };
}
