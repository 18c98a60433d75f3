import { text } from '../../input.ts';
import { DEFAULT_SELECTORS } from '../selectors.ts';
import { requireTrail, trailArn, trailOperation } from '../trail-operation.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html */
export const getEventSelectors = trailOperation({
  input: { TrailName: text },
  run: ({ TrailName }, context) => {
    const trail = requireTrail(TrailName, context);
    return {
      TrailARN: trailArn(trail, context.accountId),
      ...(trail.selectors ?? { EventSelectors: DEFAULT_SELECTORS }),
    };
  },
});
