import { RemediatorError } from '../domain/errors.ts';
import type { Finding } from '../domain/finding.ts';
import * as alarm from './cloudwatch-alarm.ts';
import * as configRule from './config-rule.ts';
import * as guardDuty from './guardduty.ts';
import * as snsAlarm from './sns-alarm.ts';
import * as trustedAdvisor from './trusted-advisor.ts';

interface Source {
  readonly detailType: string;
  readonly sources: readonly string[];
  readonly read: (event: unknown) => Finding;
}

/** Every source of findings, one file each. */
const SOURCES: readonly Source[] = [
  {
    detailType: trustedAdvisor.DETAIL_TYPE,
    sources: trustedAdvisor.SOURCES,
    read: trustedAdvisor.findingFromTrustedAdvisor,
  },
  { detailType: configRule.DETAIL_TYPE, sources: configRule.SOURCES, read: configRule.findingFromConfigRule },
  { detailType: guardDuty.DETAIL_TYPE, sources: guardDuty.SOURCES, read: guardDuty.findingFromGuardDuty },
  { detailType: alarm.DETAIL_TYPE, sources: alarm.SOURCES, read: alarm.findingFromAlarm },
];

/**
 * Reads an EventBridge event into a finding.
 * @throws RemediatorError EVENT_NOT_RECOGNISED, EVENT_INCOMPLETE
 */
export function findingFrom(event: unknown): Finding {
  const { source, 'detail-type': detailType } = (event ?? {}) as Record<string, unknown>;
  const known = SOURCES.find(
    (each) => each.detailType === detailType && each.sources.includes(String(source)),
  );
  if (known) return known.read(event);
  throw new RemediatorError(
    'EVENT_NOT_RECOGNISED',
    `No source reads an event with source ${JSON.stringify(source ?? null)} and detail-type ${JSON.stringify(detailType ?? null)}.`,
  );
}

/**
 * What an invocation brings: one EventBridge event, or the records of SNS. Each is read when it is called, so that one
 * that cannot be read does not lose the others.
 */
export function readingsOf(event: unknown): readonly (() => Finding)[] {
  const records = isObject(event) && Array.isArray(event.Records) ? event.Records : [];
  if (records.length === 0) return [() => findingFrom(event)];
  return records.map((record: unknown) => () => {
    const source: unknown = isObject(record) ? record.EventSource : undefined;
    if (source === snsAlarm.EVENT_SOURCE) return snsAlarm.findingFromSnsRecord(record);
    throw new RemediatorError(
      'EVENT_NOT_RECOGNISED',
      `No source reads a record with EventSource ${JSON.stringify(source ?? null)}.`,
    );
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
