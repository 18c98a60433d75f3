import type { Account } from '../../account/account.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject, Operation } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';
import { agentRoleOf } from './instance-roles.ts';
import type { ManagedInstance } from './managed-instance.ts';
import { describeInstanceInformation } from './operations/describe-instance-information.ts';
import { describeInstancePatchStates } from './operations/describe-instance-patch-states.ts';

export interface ManagedInstancesDeps {
  readonly clock: Clock;
  /** Where the instances, their profiles and roles are. */
  readonly account: Account;
  /** Systems Manager's own operations, asked at each call: patch states come from what Run Command did. */
  readonly operations: () => Readonly<Record<string, Operation>>;
}

export interface ManagedInstances {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Whether Systems Manager reaches that instance now. For `SystemsManagerDeps.isManaged`. */
  isManaged(instanceId: string, region: string): Promise<boolean>;
}

/**
 * The instances that Systems Manager manages: those of the account's EC2 that run with an instance profile whose role
 * has AWS's policy for the agent (AmazonSSMManagedInstanceCore). One that was reached once and is stopped now, or has
 * lost its role, is known still, with its connection lost, until it is terminated.
 */
export function createManagedInstances(deps: ManagedInstancesDeps): ManagedInstances {
  const known = new Map<string, ManagedInstance>();
  const list = async (region: string): Promise<readonly ManagedInstance[]> => {
    const seen = await lookAround(deps, region);
    for (const [id, instance] of known) {
      if (!seen.all.has(id)) known.delete(id);
      else known.set(id, { ...instance, isOnline: false });
    }
    for (const instance of seen.online) {
      const registeredAt = known.get(instance.instanceId)?.registeredAt ?? deps.clock.now();
      known.set(instance.instanceId, { ...instance, registeredAt });
    }
    return [...known.values()];
  };
  return {
    operations: {
      DescribeInstanceInformation: async (input, context) =>
        describeInstanceInformation(await list(context.region), input, deps.clock),
      DescribeInstancePatchStates: (input, context) => describeInstancePatchStates(deps, input, context),
    },
    isManaged: async (instanceId, region) =>
      (await list(region)).some((each) => each.instanceId === instanceId && each.isOnline),
  };
}

/** All instances that are not terminated, and those among them that the agent speaks from. */
async function lookAround(
  { account, clock }: ManagedInstancesDeps,
  region: string,
): Promise<{ all: ReadonlySet<string>; online: readonly ManagedInstance[] }> {
  const instances = (await describeInstances(account, region)).filter(
    (instance) => stateOf(instance) !== 'terminated',
  );
  const roles = new Map<string, Promise<string | undefined>>();
  const roleOf = (profileArn: string) => {
    const asked = roles.get(profileArn) ?? agentRoleOf(profileArn, { account, region });
    roles.set(profileArn, asked);
    return asked;
  };
  const online: ManagedInstance[] = [];
  for (const instance of instances) {
    const profile = instance.IamInstanceProfile;
    if (stateOf(instance) !== 'running' || !isJsonObject(profile)) continue;
    const roleName = await roleOf(String(profile.Arn));
    if (roleName !== undefined) online.push(toManaged(instance, roleName, clock.now()));
  }
  return { all: new Set(instances.map(({ InstanceId }) => String(InstanceId))), online };
}

async function describeInstances(account: Account, region: string): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  let token: unknown;
  do {
    const input = token === undefined ? {} : { NextToken: token };
    const answer = await account.call({ service: 'ec2', operation: 'DescribeInstances', input, region });
    const reservations = objects(answer.Reservations);
    found.push(...reservations.flatMap(({ Instances }) => objects(Instances)));
    token = answer.NextToken ?? undefined;
  } while (token !== undefined);
  return found;
}

function stateOf({ State }: JsonObject): unknown {
  return isJsonObject(State) ? State.Name : undefined;
}

function toManaged(instance: JsonObject, roleName: string, registeredAt: Date): ManagedInstance {
  const address = instance.PrivateIpAddress;
  return {
    instanceId: String(instance.InstanceId),
    isOnline: true,
    platform: String(instance.Platform ?? '').toLowerCase() === 'windows' ? 'Windows' : 'Linux',
    ipAddress: typeof address === 'string' ? address : undefined,
    computerName: String(instance.PrivateDnsName ?? ''),
    roleName,
    tags: new Map(objects(instance.Tags).map(({ Key, Value }) => [String(Key), String(Value)])),
    registeredAt,
  };
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
