import type { QueryOperation } from '../../service.ts';
import { refuseNextToken } from '../input.ts';
import { structure, text } from '../shapes.ts';
import { SUBSCRIPTIONS, viewSubscriptions } from '../subscription-view.ts';
import type { Topics } from '../topics.ts';

/** ListSubscriptions. https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html */
export function listSubscriptions(topics: Topics): QueryOperation {
  return {
    input: structure({ NextToken: text }),
    output: SUBSCRIPTIONS,
    run: (input, { accountId }) => {
      refuseNextToken(input);
      return viewSubscriptions(topics.subscriptions(), accountId);
    },
  };
}
