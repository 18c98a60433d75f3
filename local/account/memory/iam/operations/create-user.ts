import { wholeSeconds } from '../../times.ts';
import { iamOperation, newIamId, path, policyArn, tagMap, tags, userName } from '../iam-operation.ts';
import { assertBoundary, assertNameFree } from '../identities.ts';
import type { UserRecord } from '../state.ts';
import { viewUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser = iamOperation({
  input: { UserName: userName, Path: path, PermissionsBoundary: policyArn.optional(), Tags: tags },
  run: (input, context) => {
    const { users } = context.state.iam;
    assertNameFree(users.keys(), input.UserName, `User with name ${input.UserName} already exists.`);
    assertBoundary(input.PermissionsBoundary, context);
    const user: UserRecord = {
      userName: input.UserName,
      path: input.Path,
      userId: newIamId('AIDA', context),
      createDate: wholeSeconds(context.clock.now()),
      permissionsBoundary: input.PermissionsBoundary,
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
      tags: tagMap(input.Tags),
      accessKeys: new Map(),
      loginProfile: undefined,
    };
    users.set(user.userName, user);
    return { User: viewUser(user, context) };
  },
});
