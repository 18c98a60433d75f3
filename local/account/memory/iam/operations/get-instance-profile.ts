import { iamOperation, profileName } from '../iam-operation.ts';
import { requireProfile, viewProfile } from '../instance-profiles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
export const getInstanceProfile = iamOperation({
  input: { InstanceProfileName: profileName },
  run: ({ InstanceProfileName }, context) => ({
    InstanceProfile: viewProfile(requireProfile(InstanceProfileName, context), context),
  }),
});
