import * as z from 'zod/mini';
import type { Finding } from '../domain/finding.ts';
import {
  detailOf,
  envelope,
  incomplete,
  keptDetail,
  name,
  optionalName,
  optionalText,
  readEvent,
  text,
  timeIn,
} from './envelope.ts';
import { located } from './located.ts';
import type { LazyFinding, Reading } from './reading.ts';
import { green, judgementOf } from './severity.ts';

/**
 * Inspector: a vulnerability of a resource, seen, changed or closed.
 * https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 */
export const DETAIL_TYPES: readonly string[] = ['Inspector2 Finding'];
export const SOURCES: readonly string[] = ['aws.inspector2'];

const WHAT = 'Inspector';

const eventSchema = z.lazy(() =>
  z.looseObject({
    ...envelope,
    detail: z.looseObject({
      findingArn: text,
      awsAccountId: envelope.account,
      type: name,
      title: optionalName,
      severity: optionalText,
      status: text,
      updatedAt: optionalText,
      lastObservedAt: optionalText,
      packageVulnerabilityDetails: z.catch(
        z.optional(z.nullable(z.looseObject({ vulnerabilityId: optionalName }))),
        undefined,
      ),
    }),
  }),
);

type Detail = z.infer<typeof eventSchema>['detail'];

const resourceSchema = z.looseObject({ id: optionalText, type: optionalText, region: optionalText });

/** Each of a finding's resources is a finding of ours. */
export function readingsFromInspector(event: unknown): readonly Reading[] {
  const { resources: said } = detailOf(event);
  const resources: readonly unknown[] = Array.isArray(said) ? said : [];
  return (resources.length > 0 ? resources : [undefined]).map((each) => () => findingFrom(event, each));
}

function findingFrom(event: unknown, part: unknown): LazyFinding {
  const { source, region, time, detail } = readEvent(eventSchema, event, WHAT);
  const resource = part === undefined ? {} : readEvent(resourceSchema, part, WHAT);
  const { findingArn, type, title, severity, awsAccountId, packageVulnerabilityDetails } = detail;
  const vulnerability = packageVulnerabilityDetails?.vulnerabilityId;
  const aliases = [vulnerability, title].filter((each): each is string => Boolean(each));
  return {
    source,
    sourceFindingId: findingArn,
    checkName: type,
    ...(aliases.length > 0 ? { checkAliases: aliases } : {}),
    ...located(WHAT, {
      id: resource.id,
      type: resource.type,
      account: awsAccountId,
      regions: [resource.region, region],
      instead: `${type}/${findingArn}`,
    }),
    ...judged(detail),
    ...(severity ? { severity } : {}),
    observedAt: timeIn(WHAT, { said: detail.updatedAt ?? detail.lastObservedAt, sent: time }),
    orderedAt: timeIn(WHAT, { said: undefined, sent: time }),
    detail: () =>
      keptDetail(
        {
          vulnerabilityId: vulnerability,
          resourceId: resource.id,
          resourceType: resource.type,
          resource: part,
        },
        detailOf(event),
      ),
  };
}

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html */
function judged({ status, severity }: Detail): Pick<Finding, 'status'> {
  if (status === 'SUPPRESSED') return green('SUPPRESSED: a suppression rule hides the finding');
  // Mended, or the resource is gone.
  if (status === 'CLOSED') return { status: 'Green' };
  if (status !== 'ACTIVE') throw incomplete(WHAT, `detail.status: ${JSON.stringify(status)} is none`);
  const judgement = judgementOf(severity);
  if (judgement) return judgement;
  throw incomplete(WHAT, `detail.severity: ${JSON.stringify(severity ?? null)} is none`);
}
