import { text } from '../../input.ts';
import { requireTrail, trailArn, trailOperation } from '../trail-operation.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html */
export const deleteTrail = trailOperation({
  input: { Name: text },
  run: ({ Name }, context) => {
    const trail = requireTrail(Name, context);
    context.state.cloudtrail.trails.delete(trailArn(trail, context.accountId));
    return {};
  },
});
