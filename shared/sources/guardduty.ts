import * as z from 'zod/mini';
import type { Finding } from '../domain/finding.ts';
import { envelope, keptDetail, name, optionalText, readEvent, text, timeIn } from './envelope.ts';
import { located } from './located.ts';
import { green } from './severity.ts';

/**
 * GuardDuty: a threat, seen for the first time or again.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export const DETAIL_TYPES: readonly string[] = ['GuardDuty Finding'];
export const SOURCES: readonly string[] = ['aws.guardduty'];

const WHAT = 'GuardDuty';
/** Severity High begins here. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const HIGH = 7;

const optionalObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.optional(z.nullable(z.object(shape)));

const eventSchema = z.lazy(() =>
  z.object({
    ...envelope,
    detail: z.looseObject({
      type: name,
      id: text,
      accountId: z.optional(envelope.account),
      region: optionalText,
      severity: z.number(),
      updatedAt: optionalText,
      resource: z.looseObject({
        resourceType: optionalText,
        instanceDetails: optionalObject({ instanceId: optionalText }),
        accessKeyDetails: optionalObject({ accessKeyId: optionalText, userName: optionalText }),
        s3BucketDetails: z.optional(z.nullable(z.array(z.object({ arn: optionalText, name: optionalText })))),
        eksClusterDetails: optionalObject({ arn: optionalText }),
        ecsClusterDetails: optionalObject({ arn: optionalText }),
        lambdaDetails: optionalObject({ functionArn: optionalText }),
        rdsDbInstanceDetails: optionalObject({ dbInstanceArn: optionalText }),
      }),
      service: z.optional(z.object({ archived: z.optional(z.boolean()) })),
    }),
  }),
);

type Resource = z.infer<typeof eventSchema>['detail']['resource'];

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromGuardDuty(event: unknown): Finding {
  const { source, account: sender, region: sentFrom, time, detail } = readEvent(eventSchema, event, WHAT);
  const { type, id, resource, severity, service } = detail;
  return {
    source,
    checkName: type,
    ...located(WHAT, {
      ...resourceIn(resource),
      // Of a member account, where the administrator's GuardDuty tells it.
      account: detail.accountId ?? sender,
      regions: [detail.region, sentFrom],
      instead: `${type}/${id}`,
    }),
    ...(service?.archived
      ? green('ARCHIVED: the finding is archived')
      : ({ status: severity >= HIGH ? 'Red' : 'Yellow' } as const)),
    severity: String(severity),
    observedAt: timeIn(WHAT, { said: detail.updatedAt, sent: time }),
    get detail() {
      return keptDetail(
        {
          resourceType: resource.resourceType,
          instanceId: resource.instanceDetails?.instanceId,
          accessKeyId: resource.accessKeyDetails?.accessKeyId,
          userName: resource.accessKeyDetails?.userName,
          archived: String(service?.archived === true),
        },
        detail,
      );
    },
  };
}

/** What a finding is about, the most telling first; a key is known by its ID alone. */
function resourceIn(resource: Resource): { id: string | undefined; type: string | undefined } {
  const { resourceType, instanceDetails, s3BucketDetails, accessKeyDetails } = resource;
  const bucket = s3BucketDetails?.[0];
  if (instanceDetails?.instanceId) return { id: instanceDetails.instanceId, type: 'AWS::EC2::Instance' };
  if (bucket?.arn || bucket?.name)
    return { id: bucket.arn || bucket.name || undefined, type: 'AWS::S3::Bucket' };
  const id =
    resource.lambdaDetails?.functionArn ||
    resource.rdsDbInstanceDetails?.dbInstanceArn ||
    resource.eksClusterDetails?.arn ||
    resource.ecsClusterDetails?.arn ||
    accessKeyDetails?.accessKeyId;
  return { id: id || undefined, type: resourceType ?? undefined };
}
