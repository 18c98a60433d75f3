import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { noSuchEntity, viewTags } from './iam-operation.ts';
import { viewBoundary } from './roles.ts';
import type { UserRecord } from './state.ts';

/** @throws AwsError NoSuchEntity */
export function requireUser(userName: string, { state }: MemoryContext): UserRecord {
  const user = state.iam.users.get(userName);
  if (user) return user;
  throw noSuchEntity(`The user with name ${userName} cannot be found.`);
}

export function userArn(user: Pick<UserRecord, 'path' | 'userName'>, accountId: string): string {
  return `arn:aws:iam::${accountId}:user${user.path}${user.userName}`;
}

/** A user as ListUsers shows it: without tags and boundary. */
export function viewListedUser(user: UserRecord, { accountId }: MemoryContext): JsonObject {
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: user.userId,
    Arn: userArn(user, accountId),
    CreateDate: user.createDate,
  };
}

/** A user as CreateUser and GetUser show it. */
export function viewUser(user: UserRecord, context: MemoryContext): JsonObject {
  return {
    ...viewListedUser(user, context),
    ...viewBoundary(user.permissionsBoundary),
    ...viewTags(user.tags),
  };
}
