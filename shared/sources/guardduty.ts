import * as z from 'zod/mini';
import { CHECK_ITSELF, type Finding, parseArn, resourceTypeOf } from '../domain/finding.ts';
import { envelope, flatDetail, optionalText, readEvent, regionOf, text, timeIn } from './envelope.ts';
import { resourceArnOf } from './resource-arn.ts';

/**
 * GuardDuty: a threat, seen for the first time or again.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export const DETAIL_TYPES: readonly string[] = ['GuardDuty Finding'];
export const SOURCES: readonly string[] = ['aws.guardduty'];

const WHAT = 'GuardDuty';
/** Severity High begins here. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const HIGH = 7;

const eventSchema = z.object({
  ...envelope,
  detail: z.object({
    type: text,
    id: text,
    accountId: z.optional(envelope.account),
    region: optionalText,
    severity: z.number(),
    title: optionalText,
    description: optionalText,
    updatedAt: optionalText,
    resource: z.object({
      resourceType: optionalText,
      instanceDetails: z.optional(z.nullable(z.object({ instanceId: optionalText }))),
      accessKeyDetails: z.optional(
        z.nullable(z.object({ accessKeyId: optionalText, userName: optionalText })),
      ),
      s3BucketDetails: z.optional(z.nullable(z.array(z.object({ arn: optionalText, name: optionalText })))),
    }),
    service: z.optional(z.object({ archived: z.optional(z.boolean()) })),
  }),
});

type Resource = z.infer<typeof eventSchema>['detail']['resource'];

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromGuardDuty(event: unknown): Finding {
  const { source, account: sender, region: sentFrom, time, detail } = readEvent(eventSchema, event, WHAT);
  const region = regionOf(WHAT, detail.region, sentFrom);
  // Of a member account, where the administrator's GuardDuty tells it.
  const account = detail.accountId ?? sender;
  const named = resourceIn(detail.resource);
  const resource = named
    ? resourceArnOf('', named, { account, region })
    : `check/${detail.type}/${detail.id}`;
  const archived = detail.service?.archived === true;
  return {
    source,
    checkName: detail.type,
    account,
    region,
    resource,
    resourceType: named ? typeOf(resource, detail.resource) : CHECK_ITSELF,
    status: archived ? 'Green' : detail.severity >= HIGH ? 'Red' : 'Yellow',
    severity: String(detail.severity),
    observedAt: timeIn(WHAT, { said: detail.updatedAt, sent: time }),
    detail: flatDetail({
      id: detail.id,
      type: detail.type,
      title: detail.title,
      description: detail.description,
      resourceType: detail.resource.resourceType,
      accessKeyId: detail.resource.accessKeyDetails?.accessKeyId,
      userName: detail.resource.accessKeyDetails?.userName,
      archived: String(archived),
    }),
  };
}

function resourceIn({ instanceDetails, accessKeyDetails, s3BucketDetails }: Resource): string | undefined {
  const bucket = s3BucketDetails?.[0];
  return (
    instanceDetails?.instanceId || bucket?.arn || bucket?.name || accessKeyDetails?.accessKeyId || undefined
  );
}

function typeOf(resource: string, { resourceType }: Resource): string {
  return parseArn(resource) ? resourceTypeOf(resource) : (resourceType ?? 'unknown');
}
