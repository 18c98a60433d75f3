import { createHash } from 'node:crypto';

export type Status = 'Red' | 'Yellow' | 'Green';

/** The names of a check, under any of which people may have put its row. */
export interface CheckNames {
  readonly checkName: string;
  /** The check's ID, where it has one beside its name: `EC2.19`, `HCP4007jGY`. */
  readonly checkId?: string;
  /** Its more exact names, the most exact first: of the control in one standard, of one vulnerability. */
  readonly checkAliases?: readonly string[];
}

/** A person asked for a finding to be remediated, where the source shows it: as good as a yes to what is planned then. */
export interface FindingApproval {
  /** As far as the event tells: the name and ARN of the custom action. */
  readonly by: string;
  /** ISO 8601: when they clicked. */
  readonly at: string;
}

/** What a source says about one resource at one time. Built by shared/sources/, one file for each source. */
export interface Finding extends CheckNames {
  /** The event's source, such as `aws.trustedadvisor`. A test event's (`awsmock.…`) is a finding of its own. */
  readonly source: string;
  /** The source's own ID of the finding, where it keeps several of one check at one resource apart. */
  readonly sourceFindingId?: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** An ARN or an ID; the check itself (resourceType `check`) where the event names no resource. */
  readonly resource: string;
  /** `service:type` of an ARN, such as `ec2:security-group`; `check`; or `unknown`. */
  readonly resourceType: string;
  readonly status: Status;
  /** Why it is Green although the problem may be there: suppressed, archived, not applicable, deleted. */
  readonly statusReason?: string;
  /** As the source words it; Trusted Advisor has none. */
  readonly severity?: string;
  /** When the source saw it: what orders two events, where `orderedAt` does not. */
  readonly observedAt: Date;
  /** What orders two events of a source that says anew what it saw long ago; `observedAt` tells those of one moment apart. */
  readonly orderedAt?: Date;
  /** A person's click on this very finding. */
  readonly approval?: FindingApproval;
  /** The event's own keys, for templates and for people. */
  readonly detail: Readonly<Record<string, string | null>>;
}

/** A finding as CheckTrackerTable keeps it. */
export interface TrackedFinding extends Finding {
  readonly findingId: string;
  /** How often it has turned from Green (or nothing) to Red or Yellow. */
  readonly episode: number;
}

/** Key of a finding's detail: the AWS Config rule that Security Hub's check is made by. */
export const CONFIG_RULE = 'ConfigRule';

/** resourceType of a finding whose event named no resource: tracked and told to people, never acted upon. */
export const CHECK_ITSELF = 'check';

/** SHA-256 (hex) of the canonical JSON array of source, check (or the source's own ID), account, region and resource. */
export function findingIdOf(
  finding: Pick<Finding, 'source' | 'checkName' | 'sourceFindingId' | 'account' | 'region' | 'resource'>,
): string {
  const { source, checkName, sourceFindingId, account, region, resource } = finding;
  return createHash('sha256')
    .update(JSON.stringify([source, sourceFindingId ?? checkName, account, region, resource]))
    .digest('hex');
}

/** The partition that a region belongs to. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
];

/** A region's name and nothing else: it becomes part of a host name. */
export const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;
const REGION_AT_START = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}/;

/** The region at the start of a text, such as an Availability Zone's name; undefined for `-`, `Global` and the like. */
export function regionIn(text: string | null | undefined): string | undefined {
  return text?.trim().match(REGION_AT_START)?.[0];
}

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** What follows the fifth colon. */
  readonly resource: string;
}

/** Splits an ARN; undefined where the text is none. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const match = text.match(/^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):(.+)$/s);
  if (!match) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
}

/** `service:type` of an ARN (as the tagging API names types), else `unknown`. */
export function resourceTypeOf(resource: string): string {
  const arn = parseArn(resource);
  return arn ? typeOfArn(arn) : 'unknown';
}

export function typeOfArn({ service, resource }: Arn): string {
  const type = resource.match(/^([a-z][a-zA-Z0-9-]*)[/:]/)?.[1];
  return type ? `${service}:${type}` : service;
}
