import { AwsError } from '../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../service.ts';
import { optionalStrings, requiredString } from '../tags/request.ts';
import type { RunCommandDeps } from './deps.ts';

/** @throws AwsError InvalidInstanceId where one is not there, does not run, or is not managed */
export async function assertManaged(
  deps: RunCommandDeps,
  ids: readonly string[],
  context: RequestContext,
): Promise<void> {
  const managed = new Set(await keepManaged(deps, ids, context));
  const others = ids.filter((id) => !managed.has(id));
  if (others.length === 0) return;
  throw new AwsError(
    'InvalidInstanceId',
    `Instances [[${others.join(', ')}]] not in a valid state for account ${context.accountId}`,
  );
}

/**
 * The managed instances that every target names: `InstanceIds`, `tag:key`, `tag-key`.
 * @throws AwsError InvalidTarget
 */
export async function resolveTargets(
  deps: RunCommandDeps,
  targets: readonly JsonObject[],
  context: RequestContext,
): Promise<string[]> {
  const filters = targets.map((target) => {
    const key = requiredString(target, 'Key', { minLength: 1, maxLength: 163 });
    const values = optionalStrings(target, 'Values', { max: 50 });
    if (key === 'InstanceIds') return { Name: 'instance-id', Values: values };
    if (key.startsWith('tag:') || key === 'tag-key') return { Name: key, Values: values };
    throw new AwsError(
      'InvalidTarget',
      `The target ${key} is not valid. Targets that are: InstanceIds, tag:key, tag-key.`,
    );
  });
  const ids = await describeInstances(deps, [...filters, RUNNING], context);
  return deps.isManaged === undefined ? ids : keepManaged(deps, ids, context);
}

const RUNNING = { Name: 'instance-state-name', Values: ['running'] };

async function keepManaged(
  deps: RunCommandDeps,
  ids: readonly string[],
  context: RequestContext,
): Promise<string[]> {
  const { isManaged } = deps;
  if (isManaged === undefined) {
    return describeInstances(deps, [{ Name: 'instance-id', Values: ids }, RUNNING], context);
  }
  const managed = await Promise.all(ids.map((id) => isManaged(id, context.region)));
  return ids.filter((_id, index) => managed[index]);
}

async function describeInstances(
  { account }: RunCommandDeps,
  filters: readonly JsonObject[],
  { region }: RequestContext,
): Promise<string[]> {
  const ids: string[] = [];
  let token: unknown;
  do {
    const response = await account.call({
      service: 'ec2',
      operation: 'DescribeInstances',
      input: { Filters: filters, ...(token === undefined ? {} : { NextToken: token }) },
      region,
    });
    ids.push(...instanceIdsOf(response));
    token = response.NextToken ?? undefined;
  } while (token !== undefined);
  return ids;
}

function instanceIdsOf(response: JsonObject): string[] {
  const reservations = (response.Reservations ?? []) as readonly JsonObject[];
  return reservations
    .flatMap((reservation) => (reservation.Instances ?? []) as readonly JsonObject[])
    .map(({ InstanceId }) => String(InstanceId));
}
