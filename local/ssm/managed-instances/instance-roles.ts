import type { Account } from '../../account/account.ts';
import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';

/** AWS's policies that let the agent on an instance speak with Systems Manager. */
const AGENT_POLICIES: ReadonlySet<string> = new Set([
  'AmazonSSMManagedInstanceCore',
  'AmazonSSMManagedEC2InstanceDefaultPolicy',
  'AmazonEC2RoleforSSM',
  'AdministratorAccess',
]);

/**
 * The role of an instance profile, where its policies let the agent in; undefined where there is no such.
 * Only AWS's own policies are known: what a policy of the account's own allows is not evaluated.
 */
export async function agentRoleOf(
  profileArn: string,
  { account, region }: { account: Account; region: string },
): Promise<string | undefined> {
  const call = (operation: string, input: JsonObject) =>
    orNothing(account.call({ service: 'iam', operation, input, region }));
  const InstanceProfileName = profileArn.slice(profileArn.lastIndexOf('/') + 1);
  const found = await call('GetInstanceProfile', { InstanceProfileName });
  const profile = isJsonObject(found.InstanceProfile) ? found.InstanceProfile : {};
  const [role] = Array.isArray(profile.Roles) ? profile.Roles : [];
  if (!isJsonObject(role) || typeof role.RoleName !== 'string') return undefined;
  const attached = await call('ListAttachedRolePolicies', { RoleName: role.RoleName });
  const policies: readonly unknown[] = Array.isArray(attached.AttachedPolicies)
    ? attached.AttachedPolicies
    : [];
  const isLetIn = policies.some(
    (policy) => isJsonObject(policy) && AGENT_POLICIES.has(String(policy.PolicyName)),
  );
  return isLetIn ? role.RoleName : undefined;
}

/** What is gone by now lets nobody in. */
async function orNothing(answer: Promise<JsonObject>): Promise<JsonObject> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AwsError && /^NoSuchEntity/.test(error.code)) return {};
    throw error;
  }
}
