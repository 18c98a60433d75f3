import { wholeSeconds } from '../../times.ts';
import { iamOperation, newIamId, path, profileName, tagMap, tags } from '../iam-operation.ts';
import { assertNameFree } from '../identities.ts';
import { viewProfile } from '../instance-profiles.ts';
import type { InstanceProfileRecord } from '../state.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export const createInstanceProfile = iamOperation({
  input: { InstanceProfileName: profileName, Path: path, Tags: tags },
  run: ({ InstanceProfileName, Path, Tags }, context) => {
    const { instanceProfiles } = context.state.iam;
    const taken = `Instance Profile ${InstanceProfileName} already exists.`;
    assertNameFree(instanceProfiles.keys(), InstanceProfileName, taken);
    const profile: InstanceProfileRecord = {
      profileName: InstanceProfileName,
      path: Path,
      profileId: newIamId('AIPA', context),
      createDate: wholeSeconds(context.clock.now()),
      tags: tagMap(Tags),
      roleName: undefined,
    };
    instanceProfiles.set(InstanceProfileName, profile);
    return { InstanceProfile: viewProfile(profile, context) };
  },
});
