import { z } from 'zod';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { noSuchEntity } from './iam-operation.ts';
import type { AccessKeyRecord, UserRecord } from './state.ts';
import { requireUser } from './users.ts';

export const password = z.string().min(1).max(128);

/**
 * An access key and whose it is; without a user's name, that of whoever has it.
 * @throws AwsError NoSuchEntity
 */
export function requireAccessKey(
  wanted: { UserName?: string | undefined; AccessKeyId: string },
  context: MemoryContext,
): { user: UserRecord; key: AccessKeyRecord } {
  const { UserName, AccessKeyId } = wanted;
  const users = UserName === undefined ? context.state.iam.users.values() : [requireUser(UserName, context)];
  for (const user of users) {
    const key = user.accessKeys.get(AccessKeyId);
    if (key) return { user, key };
  }
  throw noSuchEntity(`The Access Key with id ${AccessKeyId} cannot be found.`);
}

/** @throws AwsError NoSuchEntity */
export function requireLoginProfile({ userName, loginProfile }: UserRecord) {
  if (loginProfile) return loginProfile;
  throw noSuchEntity(`Login Profile for User ${userName} cannot be found.`);
}

export function viewLoginProfile(user: UserRecord): JsonObject {
  const { createDate, passwordResetRequired } = requireLoginProfile(user);
  return { UserName: user.userName, CreateDate: createDate, PasswordResetRequired: passwordResetRequired };
}

/** @throws AwsError NoSuchEntity where the account has no policy of its own */
export function requirePasswordPolicy({ state, accountId }: MemoryContext) {
  if (state.iam.passwordPolicy) return state.iam.passwordPolicy;
  throw noSuchEntity(`The Password Policy with domain name ${accountId} cannot be found.`);
}
