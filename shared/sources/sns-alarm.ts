import * as z from 'zod/mini';
import { RemediatorError } from '../domain/errors.ts';
import { parseArn, partitionOf } from '../domain/finding.ts';
import { type AlarmMetric, findingOfAlarm } from './alarm-finding.ts';
import { envelope, incomplete, name, optionalText, readEvent, regionOf, text, timeIn } from './envelope.ts';
import type { LazyFinding } from './reading.ts';

/**
 * CloudWatch alarms through SNS: the message of a record is the alarm as JSON.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export const EVENT_SOURCE = 'aws:sns';

const WHAT = 'CloudWatch alarm (SNS)';

const recordSchema = z.looseObject({
  Sns: z.looseObject({ Message: z.string(), TopicArn: text, Timestamp: z.string(), Subject: optionalText }),
});

const dimension = z.looseObject({ name: z.string(), value: z.string() });
const metric = z.looseObject({
  MetricName: optionalText,
  Namespace: optionalText,
  Dimensions: z.optional(z.nullable(z.array(dimension))),
});

/** A composite alarm has an AlarmRule and no Trigger; metric math and anomaly detection have Metrics in it. */
const alarmSchema = z.looseObject({
  AlarmName: name,
  AlarmArn: optionalText,
  AlarmDescription: optionalText,
  AlarmRule: optionalText,
  AWSAccountId: z.optional(envelope.account),
  NewStateValue: text,
  NewStateReason: optionalText,
  StateChangeTime: optionalText,
  Trigger: z.optional(
    z.nullable(
      z.extend(metric, {
        Metrics: z.optional(
          z.array(
            z.looseObject({
              AccountId: optionalText,
              MetricStat: z.optional(z.looseObject({ Metric: z.optional(metric) })),
            }),
          ),
        ),
      }),
    ),
  ),
});

type Alarm = z.infer<typeof alarmSchema>;
type Notification = z.infer<typeof recordSchema>['Sns'];

/**
 * Reads one of an event's `Records`.
 * @throws RemediatorError EVENT_NOT_RECOGNISED for a message that is no alarm, EVENT_INCOMPLETE
 */
export function findingFromSnsRecord(record: unknown): LazyFinding {
  const { Sns: sns } = readEvent(recordSchema, record, WHAT);
  const said = alarmIn(sns);
  const alarm = readEvent(alarmSchema, said, WHAT);
  const arn = parseArn(alarm.AlarmArn ?? '');
  // `Region` is a display name, such as 'US East (N. Virginia)'; alarm and topic are in the same region.
  const topic = parseArn(sns.TopicArn);
  const region = regionOf(WHAT, arn?.region, topic?.region);
  const account = alarm.AWSAccountId ?? (arn?.account || topic?.account);
  if (!account) throw incomplete(WHAT, 'AWSAccountId: neither it nor an ARN names the account');
  if (arn?.account && arn.account !== account) {
    throw incomplete(WHAT, `AlarmArn: is of another account than ${account}`);
  }
  return findingOfAlarm(WHAT, {
    account,
    region,
    alarmArn:
      (arn && alarm.AlarmArn) ||
      `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${alarm.AlarmName}`,
    alarmName: alarm.AlarmName,
    state: alarm.NewStateValue,
    reason: alarm.NewStateReason,
    description: alarm.AlarmDescription,
    alarmRule: alarm.AlarmRule,
    metrics: metricsOf(alarm),
    observedAt: timeIn(WHAT, { said: alarm.StateChangeTime, sent: sns.Timestamp }),
    said: { ...said },
  });
}

function metricsOf({ Trigger }: Alarm): AlarmMetric[] {
  if (!Trigger) return [];
  if (Trigger.MetricName) return [metricOf(Trigger)];
  return (Trigger.Metrics ?? []).flatMap(({ AccountId, MetricStat }) =>
    MetricStat?.Metric ? { accountId: AccountId, ...metricOf(MetricStat.Metric) } : [],
  );
}

function metricOf({ MetricName, Namespace, Dimensions }: z.infer<typeof metric>): AlarmMetric {
  const dimensions = Object.fromEntries((Dimensions ?? []).map(({ name, value }) => [name, value]));
  return { name: MetricName, namespace: Namespace, dimensions };
}

/** The message as JSON, where it is an alarm's. */
function alarmIn({ Message, Subject, TopicArn }: Notification): object {
  const message = parseJson(Message);
  if (typeof message === 'object' && message !== null && 'AlarmName' in message) return message;
  const begins = JSON.stringify(Message.slice(0, SHOWN));
  throw new RemediatorError(
    'EVENT_NOT_RECOGNISED',
    `A message of ${TopicArn} is no CloudWatch alarm: its subject is ${JSON.stringify(Subject ?? null)}, and it begins with ${begins}.`,
  );
}

/** How much of a strange message an error quotes. */
const SHOWN = 120;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Text for people: the caller says what it was.
    return undefined;
  }
}
