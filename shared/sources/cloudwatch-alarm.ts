import * as z from 'zod/mini';
import { CHECK_ITSELF, type Finding, parseArn, resourceTypeOf, type Status } from '../domain/finding.ts';
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
 * CloudWatch: an alarm has changed its state.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export const DETAIL_TYPE = 'CloudWatch Alarm State Change';
export const SOURCES: readonly string[] = ['aws.cloudwatch'];

const WHAT = 'CloudWatch alarm';

const metric = z.object({
  name: optionalText,
  namespace: optionalText,
  dimensions: z.optional(z.record(z.string(), z.string())),
});

const eventSchema = z.object({
  ...envelope,
  resources: z.optional(z.array(z.string())),
  detail: z.object({
    alarmName: text,
    state: z.object({ value: text, reason: optionalText, timestamp: optionalText }),
    configuration: z.optional(
      z.object({
        description: optionalText,
        metrics: z.optional(
          z.array(z.object({ metricStat: z.optional(z.object({ metric: z.optional(metric) })) })),
        ),
      }),
    ),
  }),
});

type Metric = z.infer<typeof metric>;

/** An alarm that lacks data is not in alarm. */
const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['ALARM', 'Red'],
  ['OK', 'Green'],
  ['INSUFFICIENT_DATA', 'Green'],
]);

const INSTANCE_ID = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromAlarm(event: unknown): Finding {
  const { source, account, region: sentFrom, time, resources, detail } = readEvent(eventSchema, event, WHAT);
  const { alarmName, state, configuration } = detail;
  const status = STATUSES.get(state.value);
  if (status === undefined) throw incomplete(WHAT, `state.value: ${JSON.stringify(state.value)} is none`);
  const region = regionOf(WHAT, sentFrom);
  const metrics = (configuration?.metrics ?? []).flatMap(({ metricStat }) => metricStat?.metric ?? []);
  const instanceId = instanceIn(metrics);
  const resource = instanceId
    ? resourceArnOf('AWS::EC2::Instance', instanceId, { account, region })
    : (resources?.find((each) => parseArn(each)) ?? `check/${alarmName}`);
  return {
    source,
    checkName: alarmName,
    account,
    region,
    resource,
    resourceType: parseArn(resource) ? resourceTypeOf(resource) : CHECK_ITSELF,
    status,
    observedAt: timeIn(WHAT, { said: state.timestamp, sent: time }),
    detail: flatDetail({
      alarmName,
      description: configuration?.description,
      state: state.value,
      reason: state.reason,
      metricName: metrics[0]?.name,
      namespace: metrics[0]?.namespace,
      ...metrics[0]?.dimensions,
    }),
  };
}

/** The instance that an alarm is about: a dimension of its metric, or the metric's very name. */
function instanceIn(metrics: readonly Metric[]): string | undefined {
  const candidates = metrics.flatMap(({ name, dimensions }) => [dimensions?.InstanceId, name]);
  return candidates.find((each) => each && INSTANCE_ID.test(each)) ?? undefined;
}
