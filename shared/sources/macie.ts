import * as z from 'zod/mini';
import type { Finding } from '../domain/finding.ts';
import {
  detailOf,
  envelope,
  incomplete,
  keptDetail,
  name,
  optionalText,
  readEvent,
  text,
  timeIn,
} from './envelope.ts';
import { located } from './located.ts';
import type { LazyFinding } from './reading.ts';
import { green, judgementOf } from './severity.ts';

/**
 * Macie: a bucket's settings, or sensitive data in one of its objects.
 * https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html
 */
export const DETAIL_TYPES: readonly string[] = ['Macie Finding'];
export const SOURCES: readonly string[] = ['aws.macie'];

const WHAT = 'Macie';

const eventSchema = z.lazy(() =>
  z.looseObject({
    ...envelope,
    detail: z.looseObject({
      id: text,
      accountId: z.optional(envelope.account),
      region: optionalText,
      type: name,
      severity: z.optional(
        z.nullable(
          z.looseObject({ description: optionalText, score: z.catch(z.optional(z.number()), undefined) }),
        ),
      ),
      updatedAt: optionalText,
      createdAt: optionalText,
      archived: z.optional(z.nullable(z.boolean())),
      resourcesAffected: z.optional(
        z.nullable(
          z.looseObject({
            s3Bucket: z.optional(z.nullable(z.looseObject({ arn: optionalText, name: optionalText }))),
            s3Object: z.catch(
              z.optional(z.nullable(z.looseObject({ key: optionalText, path: optionalText }))),
              undefined,
            ),
          }),
        ),
      ),
    }),
  }),
);

type Detail = z.infer<typeof eventSchema>['detail'];

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromMacie(event: unknown): LazyFinding {
  const { source, account: sender, region, time, detail } = readEvent(eventSchema, event, WHAT);
  const { id, type, accountId, resourcesAffected } = detail;
  const severity = severityIn(detail);
  const { s3Bucket: bucket, s3Object: object } = resourcesAffected ?? {};
  return {
    source,
    sourceFindingId: id,
    checkName: type,
    ...located(WHAT, {
      id: bucket?.arn || bucket?.name,
      type: 'AWS::S3::Bucket',
      account: accountId ?? sender,
      regions: [detail.region, region],
      instead: `${type}/${id}`,
    }),
    ...judged(detail, severity),
    ...(severity ? { severity } : {}),
    observedAt: timeIn(WHAT, { said: detail.updatedAt ?? detail.createdAt, sent: time }),
    orderedAt: timeIn(WHAT, { said: undefined, sent: time }),
    detail: () =>
      keptDetail(
        { bucketName: bucket?.name, objectKey: object?.key, objectPath: object?.path },
        detailOf(event),
      ),
  };
}

function judged({ archived }: Detail, severity: string | undefined): Pick<Finding, 'status'> {
  if (archived) return green('ARCHIVED: the finding is archived');
  const judgement = judgementOf(severity);
  if (judgement) return judgement;
  throw incomplete(WHAT, `detail.severity: ${JSON.stringify(severity ?? null)} is none`);
}

/** https://docs.aws.amazon.com/macie/latest/APIReference/findings.html: 1 Low, 2 Medium, 3 High */
const SCORES: ReadonlyMap<number, string> = new Map([
  [1, 'Low'],
  [2, 'Medium'],
  [3, 'High'],
]);

function severityIn({ severity }: Detail): string | undefined {
  return severity?.description ?? SCORES.get(severity?.score ?? 0);
}
