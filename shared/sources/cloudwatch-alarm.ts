import * as z from 'zod/mini';
import { parseArn } from '../domain/finding.ts';
import { ALARM_SOURCE, findingOfAlarm } from './alarm-finding.ts';
import { detailOf, envelope, name, optionalText, readEvent, regionOf, text, timeIn } from './envelope.ts';
import type { LazyFinding } from './reading.ts';

/**
 * CloudWatch: an alarm has changed its state.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export const DETAIL_TYPES: readonly string[] = ['CloudWatch Alarm State Change'];
export const SOURCES: readonly string[] = [ALARM_SOURCE];

const WHAT = 'CloudWatch alarm';

const metric = z.lazy(() =>
  z.looseObject({
    name: optionalText,
    namespace: optionalText,
    dimensions: z.optional(z.record(z.string(), z.string())),
  }),
);

const eventSchema = z.lazy(() =>
  z.looseObject({
    ...envelope,
    resources: z.optional(z.array(z.string())),
    detail: z.looseObject({
      alarmName: name,
      state: z.looseObject({ value: text, reason: optionalText, timestamp: optionalText }),
      // One of another shape names no instance: then it is the alarm itself.
      configuration: z.catch(
        z.optional(
          z.looseObject({
            description: optionalText,
            alarmRule: optionalText,
            metrics: z.optional(
              z.array(
                z.looseObject({
                  accountId: optionalText,
                  metricStat: z.optional(z.looseObject({ metric: z.optional(metric) })),
                }),
              ),
            ),
          }),
        ),
        undefined,
      ),
    }),
  }),
);

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromAlarm(event: unknown): LazyFinding {
  const { account, region, time, resources, detail } = readEvent(eventSchema, event, WHAT);
  const said = detailOf(event);
  const { alarmName, state, configuration } = detail;
  const alarmArn = resources?.find((each) => parseArn(each)?.resource.startsWith('alarm:'));
  const arn = parseArn(alarmArn ?? '');
  return findingOfAlarm(WHAT, {
    account: arn?.account || account,
    region: regionOf(WHAT, arn?.region, region),
    alarmArn,
    alarmName,
    state: state.value,
    reason: state.reason,
    description: configuration?.description,
    alarmRule: configuration?.alarmRule,
    // By their names: a metric may hold other keys, and an account in it is not the one that is meant.
    metrics: (configuration?.metrics ?? []).flatMap(({ accountId, metricStat: { metric: said } = {} }) =>
      said ? { accountId, name: said.name, namespace: said.namespace, dimensions: said.dimensions } : [],
    ),
    observedAt: timeIn(WHAT, { said: state.timestamp, sent: time }),
    // Templates find the word under `state`.
    said: { ...said, stateDetails: said.state },
  });
}
