import * as z from 'zod/mini';
import { type FindingApproval, parseArn } from '../domain/finding.ts';
import { oneLine, truncate } from '../domain/text.ts';
import { findingFromAsff, WHAT } from './asff.ts';
import { envelope, optionalText, readEvent, timeIn } from './envelope.ts';
import { type LazyFinding, type Part, partsOf, type Reading, type ReadOptions } from './reading.ts';

/**
 * Security Hub CSPM's custom actions: a person chose findings and pressed a button.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-custom-actions.html
 */
export const DETAIL_TYPES: readonly string[] = ['Security Hub Findings - Custom Action'];
/** Test events approve nothing: whoever may put events could, and is no person who saw the finding. */
export const SOURCES: readonly string[] = ['aws.securityhub'];

const eventSchema = z.lazy(() =>
  z.looseObject({
    ...envelope,
    resources: z.catch(z.optional(z.array(z.string())), undefined),
    detail: z.catch(z.looseObject({ actionName: optionalText }), {}),
  }),
);

export function readingsFromCustomAction(event: unknown, options: ReadOptions): readonly Reading[] {
  return partsOf(event, 'Resources').map((part) => () => findingFromAction(event, part, options));
}

/** The finding as the person saw it, so it is ordered by when it was updated: the button made nothing newer. */
function findingFromAction(event: unknown, part: Part, options: ReadOptions): LazyFinding {
  const around = readEvent(eventSchema, event, WHAT);
  const finding = findingFromAsff(part, around);
  const approval = approvalIn(around, options);
  return { ...finding, orderedAt: finding.observedAt, ...(approval ? { approval } : {}) };
}

/** The event does not tell which person it was. */
function approvalIn(
  { source, account, time, resources, detail }: z.infer<typeof eventSchema>,
  { approvalActions = [] }: ReadOptions,
): FindingApproval | undefined {
  if (!SOURCES.includes(source)) return undefined;
  const action = resources?.find((each) => parseArn(each)?.resource.startsWith(ACTION));
  const arn = parseArn(action ?? '');
  if (arn?.service !== 'securityhub') return undefined;
  const id = arn.resource.slice(ACTION.length);
  const isNamed = arn.account === account && approvalActions.includes(id);
  if (!isNamed && !approvalActions.includes('*')) return undefined;
  const name = JSON.stringify(truncate(oneLine(detail.actionName ?? id), 100));
  return {
    by: `Whoever pressed Security Hub's custom action ${name} (${action})`,
    at: timeIn(WHAT, { said: undefined, sent: time }).toISOString(),
  };
}

const ACTION = 'action/custom/';
