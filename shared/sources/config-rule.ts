import * as z from 'zod/mini';
import type { Finding, Status } from '../domain/finding.ts';
import { parseArn, resourceTypeOf } from '../domain/finding.ts';
import {
  envelope,
  flatDetail,
  incomplete,
  optionalText,
  readEvent,
  regionOf,
  text,
  timeIn,
} from './envelope.ts';
import { resourceArnOf } from './resource-arn.ts';

/**
 * AWS Config: a rule's judgement of a resource has changed.
 * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 */
export const DETAIL_TYPES: readonly string[] = ['Config Rules Compliance Change'];
export const SOURCES: readonly string[] = ['aws.config'];

const WHAT = 'Config';

const eventSchema = z.object({
  ...envelope,
  detail: z.object({
    configRuleName: text,
    resourceId: text,
    resourceType: text,
    awsRegion: optionalText,
    awsAccountId: z.optional(envelope.account),
    configRuleARN: optionalText,
    newEvaluationResult: z.object({
      complianceType: text,
      annotation: optionalText,
      resultRecordedTime: optionalText,
      evaluationResultIdentifier: z.optional(z.object({ orderingTimestamp: optionalText })),
    }),
  }),
});

/** What can no longer be judged, or need not be, is not a problem any more. */
const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['NON_COMPLIANT', 'Red'],
  ['COMPLIANT', 'Green'],
  ['NOT_APPLICABLE', 'Green'],
  ['INSUFFICIENT_DATA', 'Green'],
]);

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromConfigRule(event: unknown): Finding {
  const { source, account: sender, region: sentFrom, time, detail } = readEvent(eventSchema, event, WHAT);
  const { newEvaluationResult: result, resourceType, resourceId, configRuleName } = detail;
  const status = STATUSES.get(result.complianceType);
  if (status === undefined) {
    throw incomplete(WHAT, `complianceType: ${JSON.stringify(result.complianceType)} is none`);
  }
  const region = regionOf(WHAT, detail.awsRegion, sentFrom);
  const account = detail.awsAccountId ?? sender;
  const resource = resourceArnOf(resourceType, resourceId, { account, region });
  const said = result.resultRecordedTime ?? result.evaluationResultIdentifier?.orderingTimestamp;
  return {
    source,
    checkName: configRuleName,
    account,
    region,
    resource,
    resourceType: parseArn(resource) ? resourceTypeOf(resource) : resourceType,
    status,
    observedAt: timeIn(WHAT, { said, sent: time }),
    detail: flatDetail({
      configRuleName,
      configRuleARN: detail.configRuleARN,
      resourceId,
      resourceType,
      complianceType: result.complianceType,
      annotation: result.annotation,
    }),
  };
}
