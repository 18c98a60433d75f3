import * as z from 'zod/mini';
import { CHECK_ITSELF, type Finding, parseArn, resourceTypeOf, type Status } from '../domain/finding.ts';
import { envelope, flatDetail, incomplete, readEvent, regionOf, timeIn } from './envelope.ts';

/**
 * Trusted Advisor's "Check Item Refresh Notification". Checks differ in the keys of `check-item-detail`,
 * so nothing in it is demanded: what is missing is taken from elsewhere in the event.
 * https://docs.aws.amazon.com/awssupport/latest/user/cloudwatch-events-ta.html
 */
export const DETAIL_TYPES: readonly string[] = ['Trusted Advisor Check Item Refresh Notification'];
export const SOURCES: readonly string[] = ['aws.trustedadvisor'];

/** The name is a key of AutomationMappingTable: 2,048 bytes at most. */
const MAX_NAME_LENGTH = 512;

const WHAT = 'Trusted Advisor';

const eventSchema = z.object({
  ...envelope,
  detail: z.object({
    'check-name': z
      .string()
      .check(
        z.trim(),
        z.minLength(1, 'must not be empty'),
        z.maxLength(MAX_NAME_LENGTH, 'is longer than any'),
      ),
    'check-item-detail': z.optional(z.nullable(z.record(z.string(), z.unknown()))),
    status: z.optional(z.nullable(z.string())),
    resource_id: z.optional(z.nullable(z.string())),
  }),
});

type Detail = Finding['detail'];

/**
 * @throws RemediatorError EVENT_INCOMPLETE: with everything that is missing
 */
export function findingFromTrustedAdvisor(event: unknown): Finding {
  const { source, account, detail, time, region: sentFrom } = readEvent(eventSchema, event, WHAT);
  const item = flatDetail(detail['check-item-detail'] ?? {});
  const checkName = detail['check-name'];
  const named = resourceIn(detail.resource_id, item);
  const resource = named ?? `check/${checkName}`;
  return {
    source,
    checkName,
    account,
    region: regionOf(WHAT, item.Region, item['Region/AZ'], parseArn(resource)?.region, sentFrom),
    resource,
    resourceType: named === undefined ? CHECK_ITSELF : resourceTypeOf(resource),
    status: statusOf(item.Status, detail.status),
    observedAt: timeIn(WHAT, { said: item['Last Updated Time'], sent: time }),
    detail: item,
  };
}

const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['red', 'Red'],
  ['yellow', 'Yellow'],
  ['green', 'Green'],
]);
/** INFO is for a person's information: nothing is wrong. */
const CHECK_STATUSES: ReadonlyMap<string, Status> = new Map([
  ['ERROR', 'Red'],
  ['WARN', 'Yellow'],
  ['OK', 'Green'],
  ['INFO', 'Green'],
]);

function statusOf(itemStatus: string | null | undefined, checkStatus: string | null | undefined): Status {
  const status =
    STATUSES.get(itemStatus?.trim().toLowerCase() ?? '') ??
    CHECK_STATUSES.get(checkStatus?.trim().toUpperCase() ?? '');
  if (status) return status;
  throw incomplete(
    WHAT,
    `status: neither Status (${JSON.stringify(itemStatus ?? null)}) nor detail.status (${JSON.stringify(checkStatus ?? null)}) is one`,
  );
}

/** Keys that name the resource where `resource_id` is empty, the most telling first. */
const RESOURCE_KEYS: readonly RegExp[] = [
  /^Resource( ARN| ID)?$/i,
  /\bARN$/i,
  /^(Security Group|Instance|Volume|Access Key|Allocation|Snapshot|DB Instance|Hosted Zone|Distribution|Certificate) ID$/i,
  /^(Bucket|Load Balancer|Trail|Function|Cluster|DB Instance|Table|Queue|Stream|Role|Policy)( Name)?$/i,
  /^(IP|Elastic IP) Address$/i,
  /^(User Name|IAM User|User)\b/i,
  /^(?!(Case|Region|VPC|Subnet|Owner|Account|Reservation)\b).* ID$/i,
  // Whatever else is called by a name, but the names of classes of things.
  /^(?!.*\b(Rule|Check|Service|Region)\b).* Name$/i,
];

function resourceIn(resourceId: string | null | undefined, item: Detail): string | undefined {
  const id = cleaned(resourceId);
  if (id) return id;
  for (const pattern of RESOURCE_KEYS) {
    for (const [key, value] of Object.entries(item)) {
      const text = pattern.test(key) ? cleaned(value) : undefined;
      if (text) return text;
    }
  }
  return Object.values(item)
    .find((value) => value && parseArn(value.trim()))
    ?.trim();
}

/** Without what follows an ID in brackets: `sg-0a1b2c3d (vpc-…)`. */
function cleaned(value: string | null | undefined): string | undefined {
  const text = value?.trim().replace(/^((?:sg|i|vol|eni|vpc|subnet)-[0-9a-z]+) \([^)]*\)$/, '$1');
  return text && text !== '-' ? text : undefined;
}
