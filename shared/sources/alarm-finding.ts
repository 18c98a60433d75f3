import { CHECK_ITSELF, parseArn, type Status, typeOfArn } from '../domain/finding.ts';
import { flatDetail, incomplete } from './envelope.ts';
import type { LazyFinding } from './reading.ts';
import { resourceArnOf } from './resource-arn.ts';

/**
 * Every way that an alarm can reach us gives findings of this source: one that arrives both ways is one finding.
 * It is the one that EventBridge names.
 */
export const ALARM_SOURCE = 'aws.cloudwatch';

export interface AlarmMetric {
  /** The account that the metric is of, where another one than the alarm's. */
  readonly accountId?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly namespace?: string | null | undefined;
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
}

/** What an alarm says, whichever way it came. */
export interface AlarmState {
  readonly account: string;
  readonly region: string;
  /** The alarm's own ARN; undefined where the event has none. */
  readonly alarmArn: string | undefined;
  readonly alarmName: string;
  /** ALARM, OK or INSUFFICIENT_DATA. */
  readonly state: string;
  readonly reason?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** Of a composite alarm, which has no metrics. */
  readonly alarmRule?: string | null | undefined;
  readonly metrics: readonly AlarmMetric[];
  readonly observedAt: Date;
  /** Everything that the event says, by its own keys. */
  readonly said: Readonly<Record<string, unknown>>;
}

/** An alarm that lacks data is not in alarm. */
const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['ALARM', 'Red'],
  ['OK', 'Green'],
  ['INSUFFICIENT_DATA', 'Green'],
]);

const INSTANCE_ID = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * @param what names the event in errors
 * @throws RemediatorError EVENT_INCOMPLETE for a state that is none
 */
export function findingOfAlarm(what: string, alarm: AlarmState): LazyFinding {
  const { account, region, alarmArn, alarmName, metrics } = alarm;
  const status = STATUSES.get(alarm.state);
  if (status === undefined) throw incomplete(what, `state: ${JSON.stringify(alarm.state)} is none`);
  const instanceId = instanceIn(metrics, account);
  const resource = instanceId
    ? resourceArnOf('AWS::EC2::Instance', instanceId, { account, region })
    : (alarmArn ?? `check/${alarmName}`);
  const arn = parseArn(resource);
  return {
    source: ALARM_SOURCE,
    checkName: alarmName,
    account,
    region,
    resource,
    resourceType: arn ? typeOfArn(arn) : CHECK_ITSELF,
    status,
    observedAt: alarm.observedAt,
    detail: () => ({
      ...flatDetail(alarm.said),
      // The same by both ways, for templates.
      ...flatDetail({
        alarmName,
        description: alarm.description ?? undefined,
        state: alarm.state,
        reason: alarm.reason ?? undefined,
        alarmRule: alarm.alarmRule ?? undefined,
        metricName: metrics[0]?.name ?? undefined,
        namespace: metrics[0]?.namespace ?? undefined,
        ...metrics[0]?.dimensions,
      }),
    }),
  };
}

/**
 * The instance that an alarm is about: a dimension of its metrics, or a metric's very name. Where metrics name several
 * it is about none of them: which one went wrong is not said, and the two ways list them in orders of their own.
 * Another account's instance is not this account's to act upon.
 */
function instanceIn(metrics: readonly AlarmMetric[], account: string): string | undefined {
  const named = metrics
    .filter(({ accountId }) => (accountId ?? account) === account)
    .flatMap(({ name, dimensions }) => [dimensions?.InstanceId, name])
    .filter((each) => each && INSTANCE_ID.test(each));
  const [only, ...others] = new Set(named);
  return others.length === 0 ? (only ?? undefined) : undefined;
}
