import { text } from '../../input.ts';
import { requireTrail, trailArn, trailOperation } from '../trail-operation.ts';
import { settingsInput, withSettings } from '../trail-settings.ts';
import { viewTrail } from '../trail-view.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html */
export const updateTrail = trailOperation({
  input: { Name: text, S3BucketName: text.optional(), ...settingsInput },
  run: ({ Name, ...settings }, context) => {
    const trail = withSettings(requireTrail(Name, context), settings, context);
    context.state.cloudtrail.trails.set(trailArn(trail, context.accountId), trail);
    return viewTrail(trail, context.accountId);
  },
});
