import { RemediatorError } from '../domain/errors.ts';
import type { Finding } from '../domain/finding.ts';
import * as accessAnalyzer from './access-analyzer.ts';
import * as alarm from './cloudwatch-alarm.ts';
import * as configRule from './config-rule.ts';
import { isObject } from './envelope.ts';
import * as guardDuty from './guardduty.ts';
import * as inspector from './inspector.ts';
import * as macie from './macie.ts';
import * as own from './own-finding.ts';
import { type LazyFinding, type Reading, type ReadOptions, withDetail } from './reading.ts';
import * as securityHub from './security-hub.ts';
import * as securityHubAction from './security-hub-action.ts';
import * as securityHubV2 from './security-hub-v2.ts';
import * as snsAlarm from './sns-alarm.ts';
import * as trustedAdvisor from './trusted-advisor.ts';

/** The kinds of events that it reads, AWS's names for who sends them, and how it reads one. */
type Source = readonly [
  detailTypes: readonly string[],
  sources: readonly string[],
  read: (event: unknown, options: ReadOptions) => readonly Reading[],
];

/** Every source of findings, one file each. */
const EVENT_SOURCES: readonly Source[] = [
  [trustedAdvisor.DETAIL_TYPES, trustedAdvisor.SOURCES, one(trustedAdvisor.findingFromTrustedAdvisor)],
  [configRule.DETAIL_TYPES, configRule.SOURCES, one(configRule.findingFromConfigRule)],
  [securityHub.DETAIL_TYPES, securityHub.SOURCES, securityHub.readingsFromSecurityHub],
  [securityHubAction.DETAIL_TYPES, securityHubAction.SOURCES, securityHubAction.readingsFromCustomAction],
  [securityHubV2.DETAIL_TYPES, securityHubV2.SOURCES, securityHubV2.readingsFromSecurityHubV2],
  [inspector.DETAIL_TYPES, inspector.SOURCES, inspector.readingsFromInspector],
  [macie.DETAIL_TYPES, macie.SOURCES, one(macie.findingFromMacie)],
  [accessAnalyzer.DETAIL_TYPES, accessAnalyzer.SOURCES, one(accessAnalyzer.findingFromAccessAnalyzer)],
  [guardDuty.DETAIL_TYPES, guardDuty.SOURCES, guardDuty.readingsFromGuardDuty],
  [alarm.DETAIL_TYPES, alarm.SOURCES, one(alarm.findingFromAlarm)],
];

function one(read: (event: unknown) => LazyFinding): Source[2] {
  return (event) => [() => read(event)];
}

const BY_DETAIL_TYPE: ReadonlyMap<unknown, Source> = new Map(
  EVENT_SOURCES.flatMap((each) => each[0].map((detailType) => [detailType, each])),
);

/** `aws.` is reserved, so test events come from `awsmock.`: findings of their own, never mixed with real ones. */
function sourceOf(source: unknown, detailType: unknown): Source | undefined {
  const known = BY_DETAIL_TYPE.get(detailType);
  if (known === undefined || typeof source !== 'string') return undefined;
  const name = source.startsWith('awsmock.') ? source.replace('awsmock.', 'aws.') : source;
  return known[1].includes(name) ? known : undefined;
}

/** Whether a source reads such events, soundly or not. An invocation of SNS may bring others than alarms. */
export function isRecognised(event: unknown): boolean {
  if (!isObject(event)) return false;
  const { source, 'detail-type': detailType, Records: records } = event;
  if (Array.isArray(records) && records.length > 0) return true;
  return (
    sourceOf(source, detailType) !== undefined || (detailType === own.DETAIL_TYPE && own.isOwnSource(source))
  );
}

/**
 * What an invocation brings: one EventBridge event with one finding or several, or the records of SNS. Each is read when
 * it is called, so that one that cannot be read does not lose the others.
 * A reading throws RemediatorError EVENT_NOT_RECOGNISED or EVENT_INCOMPLETE, and nothing else.
 */
export function readingsOf(event: unknown, options: ReadOptions = {}): readonly (() => Finding)[] {
  return lazyReadingsOf(event, options).map((read) => () => withDetail(read()));
}

/** The same, for who reads millions of events and few of their details. */
export function lazyReadingsOf(event: unknown, options: ReadOptions = {}): readonly Reading[] {
  const records = isObject(event) && Array.isArray(event.Records) ? event.Records : [];
  if (records.length === 0) return readingsOfEvent(event, options);
  return records.map((record: unknown) => () => {
    const source: unknown = isObject(record) ? record.EventSource : undefined;
    if (source === snsAlarm.EVENT_SOURCE) return snsAlarm.findingFromSnsRecord(record);
    throw new RemediatorError(
      'EVENT_NOT_RECOGNISED',
      `No source reads a record with EventSource ${shown(source)}.`,
    );
  });
}

function readingsOfEvent(event: unknown, options: ReadOptions): readonly Reading[] {
  const { source, 'detail-type': detailType } = isObject(event) ? event : {};
  const known = sourceOf(source, detailType);
  if (known) {
    const [, , read] = known;
    return read(event, options);
  }
  if (detailType === own.DETAIL_TYPE && own.isOwnSource(source)) return [() => own.findingFromOwn(event)];
  const unknown = new RemediatorError(
    'EVENT_NOT_RECOGNISED',
    `No source reads an event with source ${shown(source)} and detail-type ${shown(detailType)}.`,
  );
  return [
    () => {
      throw unknown;
    },
  ];
}

/** The first finding of an event. @throws RemediatorError EVENT_NOT_RECOGNISED, EVENT_INCOMPLETE */
export function findingFrom(event: unknown, options: ReadOptions = {}): Finding {
  const [read] = readingsOfEvent(event, options);
  if (read === undefined) throw new TypeError('A source has no reading of its event');
  return withDetail(read());
}

/** What an event says may be anything, and long. */
function shown(value: unknown): string {
  try {
    return (JSON.stringify(value ?? null) ?? String(value)).slice(0, 200);
  } catch {
    // Nothing that came as JSON has a circle or a BigInt in it.
    return typeof value;
  }
}
