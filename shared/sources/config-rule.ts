import * as z from 'zod/mini';
import type { Finding } from '../domain/finding.ts';
import { envelope, incomplete, keptDetail, name, optionalText, readEvent, text, timeIn } from './envelope.ts';
import { located } from './located.ts';
import { green } from './severity.ts';

/**
 * AWS Config: a rule's judgement of a resource has changed.
 * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 */
export const DETAIL_TYPES: readonly string[] = ['Config Rules Compliance Change'];
export const SOURCES: readonly string[] = ['aws.config'];

const WHAT = 'Config';

const eventSchema = z.lazy(() =>
  z.object({
    ...envelope,
    detail: z.looseObject({
      configRuleName: name,
      resourceId: text,
      resourceType: text,
      awsRegion: optionalText,
      awsAccountId: z.optional(envelope.account),
      configRuleARN: optionalText,
      newEvaluationResult: z.looseObject({
        complianceType: text,
        annotation: optionalText,
        resultRecordedTime: optionalText,
        evaluationResultIdentifier: z.optional(z.object({ orderingTimestamp: optionalText })),
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
export function findingFromConfigRule(event: unknown): Finding {
  const { source, account: sender, region: sentFrom, time, detail } = readEvent(eventSchema, event, WHAT);
  const { newEvaluationResult: result, resourceType, resourceId, configRuleName } = detail;
  const judgement = JUDGEMENTS.get(result.complianceType);
  if (judgement === undefined) {
    throw incomplete(WHAT, `complianceType: ${JSON.stringify(result.complianceType)} is none`);
  }
  const said = result.resultRecordedTime ?? result.evaluationResultIdentifier?.orderingTimestamp;
  return {
    source,
    checkName: configRuleName,
    ...located(WHAT, {
      id: resourceId,
      type: resourceType,
      account: detail.awsAccountId ?? sender,
      regions: [detail.awsRegion, sentFrom],
      instead: configRuleName,
    }),
    ...judgement,
    observedAt: timeIn(WHAT, { said, sent: time }),
    get detail() {
      return keptDetail({ complianceType: result.complianceType, annotation: result.annotation }, detail);
    },
  };
}
