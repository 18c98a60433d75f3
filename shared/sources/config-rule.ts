import * as z from 'zod/mini';
import type { Finding } from '../domain/finding.ts';
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
 * AWS Config: a rule's judgement of a resource has changed.
 * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 */
export const DETAIL_TYPES: readonly string[] = ['Config Rules Compliance Change'];
export const SOURCES: readonly string[] = ['aws.config'];

const WHAT = 'Config';

const eventSchema = z.lazy(() =>
  z.looseObject({
    ...envelope,
    detail: z.looseObject({
      configRuleName: optionalName,
      resourceId: optionalText,
      resourceType: optionalText,
      awsRegion: optionalText,
      awsAccountId: z.optional(envelope.account),
      configRuleARN: optionalText,
      newEvaluationResult: z.looseObject({
        complianceType: text,
        annotation: optionalText,
        resultRecordedTime: optionalText,
        evaluationResultIdentifier: z.optional(
          z.looseObject({
            orderingTimestamp: optionalText,
            evaluationResultQualifier: z.optional(
              z.looseObject({
                configRuleName: optionalName,
                resourceId: optionalText,
                resourceType: optionalText,
              }),
            ),
          }),
        ),
      }),
    }),
  }),
);

/** What can no longer be judged, or need not be, is not a problem any more. */
const JUDGEMENTS: ReadonlyMap<string, Pick<Finding, 'status' | 'statusReason'>> = new Map([
  ['NON_COMPLIANT', { status: 'Red' }],
  ['COMPLIANT', { status: 'Green' }],
  ['NOT_APPLICABLE', green('NOT_APPLICABLE: the rule does not apply to the resource, or it is deleted')],
  ['INSUFFICIENT_DATA', green('INSUFFICIENT_DATA: the rule could not judge the resource')],
]);

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromConfigRule(event: unknown): LazyFinding {
  const { source, account: sender, region: sentFrom, time, detail } = readEvent(eventSchema, event, WHAT);
  const { newEvaluationResult: result } = detail;
  const qualifier = result.evaluationResultIdentifier?.evaluationResultQualifier;
  const configRuleName = demanded('configRuleName', detail, qualifier);
  const judgement = JUDGEMENTS.get(result.complianceType);
  if (judgement === undefined) {
    throw incomplete(WHAT, `complianceType: ${JSON.stringify(result.complianceType)} is none`);
  }
  const said = result.resultRecordedTime ?? result.evaluationResultIdentifier?.orderingTimestamp;
  return {
    source,
    checkName: configRuleName,
    ...located(WHAT, {
      id: demanded('resourceId', detail, qualifier),
      type: demanded('resourceType', detail, qualifier),
      account: detail.awsAccountId ?? sender,
      regions: [detail.awsRegion, sentFrom],
      instead: configRuleName,
    }),
    ...judgement,
    observedAt: timeIn(WHAT, { said, sent: time }),
    detail: () =>
      keptDetail({ complianceType: result.complianceType, annotation: result.annotation }, detailOf(event)),
  };
}

type Named = Readonly<
  Partial<Record<'configRuleName' | 'resourceId' | 'resourceType', string | null | undefined>>
>;

/** What the event says of it beside the result, or the result itself. @throws RemediatorError EVENT_INCOMPLETE */
function demanded(key: keyof Named, ...said: readonly (Named | undefined)[]): string {
  const value = said.map((each) => each?.[key]?.trim()).find(Boolean);
  if (value) return value;
  throw incomplete(WHAT, `detail.${key}: must not be empty`);
}
