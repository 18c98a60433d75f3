import { flag, texts } from '../../input.ts';
import { findTrail, trailOperation } from '../trail-operation.ts';
import { describeTrail } from '../trail-view.ts';

/**
 * Names of trails that there are not are left out. Regions are not partitioned: none is a shadow of another.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
export const describeTrails = trailOperation({
  input: { trailNameList: texts.default([]), includeShadowTrails: flag.optional() },
  run: ({ trailNameList }, context) => {
    const all = [...context.state.cloudtrail.trails.values()];
    const asked = trailNameList.flatMap((name) => findTrail(name, context) ?? []);
    const found = trailNameList.length > 0 ? [...new Set(asked)] : all;
    return { trailList: found.map((trail) => describeTrail(trail, context.accountId)) };
  },
});
