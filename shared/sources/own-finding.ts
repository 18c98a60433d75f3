import * as z from 'zod/mini';
import {
  envelope,
  isObject,
  keptDetail,
  name,
  optionalName,
  optionalText,
  readEvent,
  timeIn,
} from './envelope.ts';
import { located } from './located.ts';
import type { LazyFinding } from './reading.ts';

/**
 * Findings of people's own, put by any tool under a source of its own: docs/events/remediator-finding.schema.json.
 * They carry no approval: whoever may put events is not therefore one who may approve.
 */
export const DETAIL_TYPE = 'Remediator Finding';

const WHAT = DETAIL_TYPE;

const eventSchema = z.looseObject({
  ...envelope,
  detail: z.looseObject({
    checkName: name,
    checkId: z.optional(name),
    findingId: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
    account: z.optional(envelope.account),
    region: optionalText,
    resource: optionalText,
    resourceType: optionalName,
    status: z.enum(['Red', 'Yellow', 'Green']),
    statusReason: z.optional(z.string().check(z.maxLength(1024))),
    severity: z.optional(z.string().check(z.maxLength(64))),
    observedAt: optionalText,
    detail: z.optional(z.unknown()),
  }),
});

/** `aws.` is AWS's, and these events are nobody's but a person's or a tool's. */
export function isOwnSource(source: unknown): boolean {
  return typeof source === 'string' && source !== '' && !source.startsWith('aws.');
}

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromOwn(event: unknown): LazyFinding {
  const { source, account, region, time, detail } = readEvent(eventSchema, event, WHAT);
  const { checkName, checkId, findingId, status, statusReason, severity, detail: more, ...said } = detail;
  return {
    source,
    checkName,
    ...(checkId ? { checkId } : {}),
    ...(findingId ? { sourceFindingId: findingId } : {}),
    ...located(WHAT, {
      id: said.resource,
      type: said.resourceType,
      account: said.account ?? account,
      regions: [said.region, region],
      instead: findingId ? `${checkName}/${findingId}` : checkName,
    }),
    status,
    ...(statusReason ? { statusReason } : {}),
    ...(severity ? { severity } : {}),
    observedAt: timeIn(WHAT, { said: said.observedAt, sent: time }),
    detail: () =>
      keptDetail(unknownIn(detail), isObject(more) ? more : more === undefined ? {} : { detail: more }),
  };
}

const KNOWN = new Set(Object.keys(eventSchema.shape.detail.shape));

function unknownIn(detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).filter(([key]) => !KNOWN.has(key)));
}
