import { text } from '../../input.ts';
import { requireTrail, trailOperation } from '../trail-operation.ts';
import { describeTrail } from '../trail-view.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrail.html */
export const getTrail = trailOperation({
  input: { Name: text },
  run: ({ Name }, context) => ({ Trail: describeTrail(requireTrail(Name, context), context.accountId) }),
});
