import type { JsonObject } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';
import type { EngineDeps } from './deps.ts';
import type { Execution } from './execution.ts';
import { apiFailure } from './failure.ts';
import type { RateControl } from './rate-control.ts';

const MAX_PAGES = 100;

/**
 * The values that a rate control's targets mean: those of `ParameterValues` as they are, and the IDs of the
 * resources that have all of the tags.
 * @throws StepFailure where the tags can't be read
 */
export async function resolveTargets(
  deps: EngineDeps,
  execution: Execution,
  { targets, targetType }: RateControl,
): Promise<string[]> {
  const given = targets.filter(({ key }) => key === 'ParameterValues').flatMap(({ values }) => values);
  const tagged = targets.filter(({ key }) => key.startsWith('tag:'));
  if (tagged.length === 0) return [...new Set(given)];
  const type = resourceType(targetType);
  const input: JsonObject = {
    TagFilters: tagged.map(({ key, values }) => ({ Key: key.slice('tag:'.length), Values: values })),
    ...(type === undefined ? {} : { ResourceTypeFilters: [type] }),
  };
  return [...new Set([...given, ...(await findTagged(deps, execution, input))])];
}

async function findTagged(deps: EngineDeps, { region }: Execution, input: JsonObject): Promise<string[]> {
  const found: string[] = [];
  let token: unknown;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await ask(deps, region, token ? { ...input, PaginationToken: token } : input);
    const list = answer.ResourceTagMappingList;
    for (const entry of Array.isArray(list) ? list : []) {
      if (isJsonObject(entry) && typeof entry.ResourceARN === 'string') found.push(idOf(entry.ResourceARN));
    }
    token = answer.PaginationToken;
    if (!token) break;
  }
  return found;
}

async function ask({ account }: EngineDeps, region: string, input: JsonObject): Promise<JsonObject> {
  try {
    return await account.call({
      service: 'resourcegroupstaggingapi',
      operation: 'GetResources',
      input,
      region,
    });
  } catch (error) {
    throw apiFailure('GetResources', error);
  }
}

/** `/AWS::EC2::Instance` is `ec2:instance` to the tagging API. */
function resourceType(targetType: string | undefined): string | undefined {
  const match = /^\/AWS::(\w+)::(\w+)$/.exec(targetType ?? '');
  if (match === null) return undefined;
  const [, service = '', kind = ''] = match;
  return `${service.toLowerCase()}:${kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`;
}

/** What comes last in an ARN: `i-1` of `arn:aws:ec2:us-east-1:1:instance/i-1`. */
function idOf(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return resource.split(/[/:]/).at(-1) ?? arn;
}
