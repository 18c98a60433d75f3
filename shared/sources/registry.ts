import { RemediatorError } from '../domain/errors.ts';
import type { Finding } from '../domain/finding.ts';
import * as alarm from './cloudwatch-alarm.ts';
import * as configRule from './config-rule.ts';
import * as guardDuty from './guardduty.ts';
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
