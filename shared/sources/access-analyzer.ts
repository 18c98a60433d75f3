import * as z from 'zod/mini';
import type { Finding, Status } from '../domain/finding.ts';
import {
  detailOf,
  envelope,
  incomplete,
  keptDetail,
  optionalName,
  optionalText,
  readEvent,
  text,
  timeIn,
} from './envelope.ts';
import { located } from './located.ts';
import type { LazyFinding } from './reading.ts';
import { green } from './severity.ts';

/**
 * IAM Access Analyzer: access from outside or inside, or access that nobody uses.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
 */
const DETAILS: ReadonlyMap<string, { readonly checkName: string; readonly status: Status }> = new Map([
  ['Access Analyzer Finding', { checkName: 'ExternalAccess', status: 'Red' }],
  ['Internal Access Finding', { checkName: 'InternalAccess', status: 'Yellow' }],
  ['Unused Access Finding for IAM entities', { checkName: 'UnusedAccess', status: 'Yellow' }],
]);
export const DETAIL_TYPES: readonly string[] = [...DETAILS.keys()];
export const SOURCES: readonly string[] = ['aws.access-analyzer'];

const WHAT = 'IAM Access Analyzer';
/** The analyzer could not look at the resource: nothing is known of its access, so no other check's runbook is for it. */
const ERROR = 'AccessAnalyzerError';

const eventSchema = z.lazy(() =>
  z.looseObject({
    ...envelope,
    'detail-type': z.string(),
    detail: z.looseObject({
      id: optionalText,
      findingId: optionalText,
      accountId: envelope.account,
      region: optionalText,
      resource: text,
      resourceType: optionalName,
      status: text,
      findingType: optionalName,
      error: optionalText,
      isDeleted: z.optional(z.nullable(z.boolean())),
      updatedAt: optionalText,
    }),
  }),
);

type Detail = z.infer<typeof eventSchema>['detail'];

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromAccessAnalyzer(event: unknown): LazyFinding {
  const { source, region, time, detail, 'detail-type': kind } = readEvent(eventSchema, event, WHAT);
  const sourceFindingId = detail.id || detail.findingId;
  if (!sourceFindingId) throw incomplete(WHAT, 'detail.id: neither it nor detail.findingId is there');
  const { checkName: general, status = 'Yellow' } = DETAILS.get(kind) ?? {};
  const checkName = detail.error ? ERROR : (detail.findingType ?? general ?? kind);
  return {
    source,
    sourceFindingId,
    checkName,
    // What mends a bucket mends no role.
    ...(detail.resourceType ? { checkAliases: [`${checkName} ${detail.resourceType}`] } : {}),
    ...located(WHAT, {
      id: detail.resource,
      type: detail.resourceType,
      account: detail.accountId,
      regions: [detail.region, region],
      instead: `${checkName}/${sourceFindingId}`,
    }),
    ...judged(detail, detail.error ? 'Yellow' : status),
    observedAt: timeIn(WHAT, { said: detail.updatedAt, sent: time }),
    // A finding that is deleted is not updated.
    orderedAt: timeIn(WHAT, { said: undefined, sent: time }),
    detail: () => keptDetail({}, detailOf(event)),
  };
}

function judged({ status, isDeleted }: Detail, open: Status): Pick<Finding, 'status'> {
  if (isDeleted) return green('DELETED: the finding is deleted, as is its analyzer or its resource');
  if (status === 'ARCHIVED') return green('ARCHIVED: the access is intended');
  if (status === 'RESOLVED') return { status: 'Green' };
  if (status === 'ACTIVE') return { status: open };
  throw incomplete(WHAT, `detail.status: ${JSON.stringify(status)} is none`);
}
