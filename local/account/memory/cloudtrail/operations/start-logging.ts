import { text } from '../../input.ts';
import { assertDeliverable } from '../destinations.ts';
import { requireTrail, trailArn, trailOperation } from '../trail-operation.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html */
export const startLogging = trailOperation({
  input: { Name: text },
  run: ({ Name }, context) => {
    const trail = requireTrail(Name, context);
    const arn = trailArn(trail, context.accountId);
    assertDeliverable({ bucketName: trail.s3BucketName, prefix: trail.s3KeyPrefix, trailArn: arn }, context);
    if (!trail.isLogging) trail.startedAt = context.clock.now();
    trail.isLogging = true;
    return {};
  },
});
