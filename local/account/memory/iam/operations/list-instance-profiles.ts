import { text } from '../../input.ts';
import { iamOperation, listInput, listPage } from '../iam-operation.ts';
import { viewProfile } from '../instance-profiles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html */
export const listInstanceProfiles = iamOperation({
  input: { PathPrefix: text.default('/'), ...listInput },
  run: ({ PathPrefix, ...page }, context) => {
    const profiles = [...context.state.iam.instanceProfiles.values()].filter((profile) =>
      profile.path.startsWith(PathPrefix),
    );
    return listPage(
      'InstanceProfiles',
      profiles.map((profile) => viewProfile(profile, context)),
      page,
    );
  },
});
