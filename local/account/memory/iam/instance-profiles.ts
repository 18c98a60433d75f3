import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { noSuchEntity, tagList } from './iam-operation.ts';
import { requireRole, viewListedRole } from './roles.ts';
import type { InstanceProfileRecord } from './state.ts';

/** @throws AwsError NoSuchEntity */
export function requireProfile(profileName: string, { state }: MemoryContext): InstanceProfileRecord {
  const profile = state.iam.instanceProfiles.get(profileName);
  if (profile) return profile;
  throw noSuchEntity(`Instance Profile ${profileName} cannot be found.`);
}

export function profileArn(
  profile: Pick<InstanceProfileRecord, 'path' | 'profileName'>,
  accountId: string,
): string {
  return `arn:aws:iam::${accountId}:instance-profile${profile.path}${profile.profileName}`;
}

export function viewProfile(profile: InstanceProfileRecord, context: MemoryContext): JsonObject {
  const { roleName } = profile;
  return {
    Path: profile.path,
    InstanceProfileName: profile.profileName,
    InstanceProfileId: profile.profileId,
    Arn: profileArn(profile, context.accountId),
    CreateDate: profile.createDate,
    Roles: roleName === undefined ? [] : [viewListedRole(requireRole(roleName, context), context)],
    Tags: tagList(profile.tags),
  };
}
