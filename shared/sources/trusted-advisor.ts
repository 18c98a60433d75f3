import * as z from 'zod/mini';
import { CHECK_ITSELF, parseArn, type Status, typeOfArn } from '../domain/finding.ts';
import { envelope, flatDetail, incomplete, name, readEvent, regionOf, timeIn } from './envelope.ts';
import type { LazyFinding } from './reading.ts';
import { green, type Judgement } from './severity.ts';
import { trustedAdvisorCheck } from './trusted-advisor-checks.ts';

/**
 * Trusted Advisor's "Check Item Refresh Notification". Checks differ in the keys of `check-item-detail`,
 * so nothing in it is demanded: what is missing is taken from elsewhere in the event.
 * https://docs.aws.amazon.com/awssupport/latest/user/cloudwatch-events-ta.html
 */
export const DETAIL_TYPES: readonly string[] = ['Trusted Advisor Check Item Refresh Notification'];
export const SOURCES: readonly string[] = ['aws.trustedadvisor'];

const WHAT = 'Trusted Advisor';

const eventSchema = z.lazy(() =>
  z.looseObject({
    ...envelope,
    detail: z.looseObject({
      'check-name': name,
      'check-item-detail': z.optional(z.nullable(z.record(z.string(), z.unknown()))),
      status: z.optional(z.nullable(z.string())),
      resource_id: z.optional(z.nullable(z.string())),
    }),
  }),
);

/**
 * @throws RemediatorError EVENT_INCOMPLETE: with everything that is missing
 */
export function findingFromTrustedAdvisor(event: unknown): LazyFinding {
  const { source, account, detail, time, region: sentFrom } = readEvent(eventSchema, event, WHAT);
  const { 'check-name': checkName, 'check-item-detail': said, status, resource_id: resourceId } = detail;
  const item = textsIn(said);
  const named =
    publicSnapshotIn(checkName, { snapshotId: item('Snapshot ID'), resourceId }) ??
    resourceIn(resourceId, said ?? {});
  const resource = named ?? `check/${checkName}`;
  const arn = parseArn(resource);
  const check = trustedAdvisorCheck(checkName);
  return {
    source,
    checkName,
    ...(check ? { checkId: check.id } : {}),
    // A row stands under one spelling of the name, and events have others.
    ...(check && check.name !== checkName ? { checkAliases: [check.name] } : {}),
    // Trusted Advisor speaks of the account that it runs in, and sends its events there.
    account,
    region: regionOf(
      WHAT,
      arn?.region,
      item('Region'),
      item('Region/AZ'),
      item('Region API Parameter'),
      item('Region Name'),
      sentFrom,
    ),
    resource,
    resourceType: arn ? typeOfArn(arn) : named === undefined ? CHECK_ITSELF : 'unknown',
    ...judged(item('Status'), status),
    observedAt: timeIn(WHAT, { said: item('Last Updated Time'), sent: time }),
    detail: () => ({ ...flatDetail(aroundItem(detail)), ...flatDetail(said ?? {}) }),
  };
}

/** What an item says under a key, where that is text. */
function textsIn(said: Readonly<Record<string, unknown>> | null | undefined) {
  return (key: string): string | undefined => {
    const value = said?.[key];
    return typeof value === 'string' ? value : undefined;
  };
}

/** What the event says beside the item, and what has no place of its own in a finding. */
function aroundItem(detail: z.infer<typeof eventSchema>['detail']): Readonly<Record<string, unknown>> {
  const {
    'check-name': _checkName,
    'check-item-detail': _item,
    status: _status,
    resource_id: _id,
    uuid: _uuid,
    ...others
  } = detail;
  return others;
}

const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['red', 'Red'],
  ['yellow', 'Yellow'],
  ['green', 'Green'],
]);
/** INFO is for a person's information: nothing is wrong. */
const CHECK_STATUSES: ReadonlyMap<string, Judgement> = new Map([
  ['ERROR', { status: 'Red' }],
  ['WARN', { status: 'Yellow' }],
  // The API's word for it.
  ['WARNING', { status: 'Yellow' }],
  ['OK', { status: 'Green' }],
  ['INFO', { status: 'Green' }],
  ['NOT_AVAILABLE', green('NOT_AVAILABLE: the check could not be made')],
]);

function judged(itemStatus: string | null | undefined, checkStatus: string | null | undefined): Judgement {
  const color = STATUSES.get(itemStatus?.trim().toLowerCase() ?? '');
  if (color) return { status: color };
  const judgement =
    CHECK_STATUSES.get(itemStatus?.trim().toUpperCase() ?? '') ??
    CHECK_STATUSES.get(checkStatus?.trim().toUpperCase() ?? '');
  if (judgement) return judgement;
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

function resourceIn(resourceId: string | null | undefined, said: Readonly<Record<string, unknown>>) {
  const id = cleaned(resourceId);
  if (id) return id;
  // A list or an object is no name of anything.
  const item = Object.entries(said).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  for (const pattern of RESOURCE_KEYS) {
    for (const [key, value] of item) {
      const text = pattern.test(key) ? cleaned(value) : undefined;
      if (text) return text;
    }
  }
  return item.map(([, value]) => value.trim()).find((value) => parseArn(value));
}

/** What is public is the snapshot, of which a volume or a database has many: under those they would be one finding. */
function publicSnapshotIn(
  checkName: string,
  { snapshotId, resourceId }: Readonly<Record<'snapshotId' | 'resourceId', string | null | undefined>>,
): string | undefined {
  const snapshot = /\bpublic snapshots?\b/i.test(checkName) ? cleaned(snapshotId) : undefined;
  return snapshot && !resourceId?.includes(snapshot) ? snapshot : undefined;
}

/** Without what follows an ID in brackets: `sg-0a1b2c3d (vpc-…)`. */
function cleaned(value: string | null | undefined): string | undefined {
  const text = value?.trim().replace(/^((?:sg|i|vol|eni|vpc|subnet)-[0-9a-z]+) \([^)]*\)$/, '$1');
  return text && text !== '-' ? text : undefined;
}
