import { CHECK_ITSELF, type Finding, parseArn, typeOfArn } from '../domain/finding.ts';
import { incomplete, regionOf } from './envelope.ts';
import { resourceArnOf } from './resource-arn.ts';

interface Said {
  /** An ARN or an ID; undefined: the event names no resource. */
  readonly id: string | null | undefined;
  /** CloudFormation's name of its type, or another service's. */
  readonly type: string | null | undefined;
  /** The account that the event says the finding is of. */
  readonly account: string;
  /** What the event says of its region, the most telling first. */
  readonly regions: readonly (string | null | undefined)[];
  /** What stands for the check itself where there is no resource. */
  readonly instead: string;
}

type Located = Pick<Finding, 'account' | 'region' | 'resource' | 'resourceType'>;

/** Keys, tags and OpsItems take no longer ones. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Resource.html */
const MAX_LENGTH = 2048;

/**
 * The resource, where it is. An ARN knows that better than the event around it: a finding of a member account can be about
 * the organization's trail, and something of the same name in the member account is another resource.
 * @throws RemediatorError EVENT_INCOMPLETE
 */
export function located(what: string, { id, type, account, regions, instead }: Said): Located {
  const named = id?.trim();
  if (!named)
    return {
      account,
      region: regionOf(what, ...regions),
      resource: `check/${instead}`,
      resourceType: CHECK_ITSELF,
    };
  if (named.length > MAX_LENGTH) throw incomplete(what, `resource: is longer than ${MAX_LENGTH} characters`);
  const said = parseArn(named);
  const region = regionOf(what, said?.region, ...regions);
  const owner = /^\d{12}$/.test(said?.account ?? '') ? (said?.account ?? account) : account;
  const resource = said ? named : resourceArnOf(type ?? '', named, { account: owner, region });
  const arn = said ?? parseArn(resource);
  const resourceType = arn ? typeOfArn(arn) : type?.trim() || 'unknown';
  return { account: owner, region, resource, resourceType };
}
