import { text } from '../../input.ts';
import { requireTrail, trailOperation } from '../trail-operation.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html */
export const stopLogging = trailOperation({
  input: { Name: text },
  run: ({ Name }, context) => {
    const trail = requireTrail(Name, context);
    if (trail.isLogging) trail.stoppedAt = context.clock.now();
    trail.isLogging = false;
    return {};
  },
});
