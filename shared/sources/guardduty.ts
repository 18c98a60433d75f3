import * as z from 'zod/mini';
import { detailOf, envelope, keptDetail, name, optionalText, readEvent, timeIn } from './envelope.ts';
import { resourcesIn, type Target } from './guardduty-resources.ts';
import { located } from './located.ts';
import type { LazyFinding, Reading } from './reading.ts';
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

const eventSchema = z.lazy(() =>
  z.looseObject({
    ...envelope,
    detail: z.looseObject({
      type: name,
      id: optionalText,
      accountId: z.optional(envelope.account),
      region: optionalText,
      severity: z.number(),
      updatedAt: optionalText,
      service: z.optional(z.nullable(z.looseObject({ archived: z.optional(z.boolean()) }))),
    }),
  }),
);

/** Each of a finding's resources is a finding of ours. */
export function readingsFromGuardDuty(event: unknown): readonly Reading[] {
  return resourcesIn(detailOf(event).resource).map((target) => () => findingFrom(event, target));
}

/** @throws RemediatorError EVENT_INCOMPLETE */
function findingFrom(event: unknown, target: Target): LazyFinding {
  const { source, account: sender, region: sentFrom, time, detail } = readEvent(eventSchema, event, WHAT);
  const { type, id, severity, service } = detail;
  return {
    source,
    checkName: type,
    ...located(WHAT, {
      id: target.id,
      type: target.type,
      // Of a member account, where the administrator's GuardDuty tells it.
      account: detail.accountId ?? sender,
      regions: [detail.region, sentFrom],
      instead: id ? `${type}/${id}` : type,
    }),
    ...(service?.archived
      ? green('ARCHIVED: the finding is archived')
      : ({ status: severity >= HIGH ? 'Red' : 'Yellow' } as const)),
    severity: String(severity),
    observedAt: timeIn(WHAT, { said: detail.updatedAt, sent: time }),
    detail: () =>
      keptDetail({ ...target.wanted, archived: String(service?.archived === true) }, detailOf(event)),
  };
}
