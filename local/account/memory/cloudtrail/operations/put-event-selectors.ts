import { text } from '../../input.ts';
import { advancedEventSelectors, eventSelectors, toSelectors } from '../selectors.ts';
import { requireTrail, trailArn, trailOperation } from '../trail-operation.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html */
export const putEventSelectors = trailOperation({
  input: {
    TrailName: text,
    EventSelectors: eventSelectors.optional(),
    AdvancedEventSelectors: advancedEventSelectors.optional(),
  },
  run: ({ TrailName, ...asked }, context) => {
    const trail = requireTrail(TrailName, context);
    trail.selectors = toSelectors(asked);
    return { TrailARN: trailArn(trail, context.accountId), ...trail.selectors };
  },
});
