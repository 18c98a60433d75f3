import { text } from '../../input.ts';
import { paginate } from '../../pagination.ts';
import { trailArn, trailOperation } from '../trail-operation.ts';

const PAGE = 100;

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTrails.html */
export const listTrails = trailOperation({
  input: { NextToken: text.optional() },
  run: ({ NextToken }, { state, accountId }) => {
    const { items, nextToken } = paginate([...state.cloudtrail.trails.values()], {
      maxResults: PAGE,
      nextToken: NextToken,
      invalidTokenCode: 'InvalidNextTokenException',
    });
    return {
      Trails: items.map((trail) => ({
        TrailARN: trailArn(trail, accountId),
        Name: trail.name,
        HomeRegion: trail.region,
      })),
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    };
  },
});
