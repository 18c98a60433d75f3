import { viewPolicy } from '../iam/policies.ts';
import { roleArn, viewRole } from '../iam/roles.ts';
import { userArn, viewUser } from '../iam/users.ts';
import type { ResourceFinder } from './recorded.ts';

const region = 'global';

/** By their unique IDs (`AROA…`), not their names. https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html */
export const iamResources = {
  'AWS::IAM::Role': (id, context) => {
    const role = [...context.state.iam.roles.values()].find(({ roleId }) => roleId === id);
    return (
      role && {
        arn: roleArn(role, context.accountId),
        name: role.roleName,
        region,
        createdAt: role.createDate,
        configuration: viewRole(role, context),
      }
    );
  },
  'AWS::IAM::User': (id, context) => {
    const user = [...context.state.iam.users.values()].find(({ userId }) => userId === id);
    return (
      user && {
        arn: userArn(user, context.accountId),
        name: user.userName,
        region,
        createdAt: user.createDate,
        configuration: viewUser(user, context),
      }
    );
  },
  'AWS::IAM::Policy': (id, context) => {
    const policy = [...context.state.iam.policies.values()].find(({ policyId }) => policyId === id);
    return (
      policy && {
        arn: policy.arn,
        name: policy.policyName,
        region,
        createdAt: policy.createDate,
        configuration: viewPolicy(policy, context),
      }
    );
  },
} as const satisfies Readonly<Record<string, ResourceFinder>>;
