import type { Circumstances } from '../../../../shared/domain/circumstances.ts';
import type { Verdict } from '../../../../shared/domain/decision.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { CHECK_ITSELF } from '../../../../shared/domain/finding.ts';
import { aMapping, aTrackedFinding, circumstances, GROUP_ARN, REGION } from '../../../helpers/findings.ts';

const NOW = circumstances().now;
export const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
export const exception = {
  resource: GROUP_ARN,
  checkName: '*',
  owner: 'team',
  reason: 'load test',
  expiresAt: inSeconds(60).getTime() / 1000,
};
const unreadable = new RemediatorError('TAGS_UNREADABLE', "The resource's tags could not be read: Timeout.");

/** One gate: what it objects to, and the nearest that it lets pass. */
export interface Case {
  readonly gate: string;
  readonly changes: Partial<Circumstances>;
  readonly verdict: Partial<Verdict> & { readonly code: string; readonly until?: Date };
  /** The nearest that lets it pass. */
  readonly passes: Partial<Circumstances>;
}

export const CASES: readonly Case[] = [
  {
    gate: 'exceptions',
    changes: { exceptions: [exception] },
    verdict: { action: 'suppress', code: 'EXCEPTED', until: inSeconds(60) },
    passes: { exceptions: [exception], now: inSeconds(60) },
  },
  {
    gate: 'pause',
    changes: { mapping: aMapping({}, { checkName: '*', executionMode: 'off' }) },
    verdict: { action: 'defer', code: 'PAUSED', until: inSeconds(60) },
    passes: { mapping: aMapping({}, { checkName: '*', executionMode: 'automatic' }) },
  },
  {
    gate: 'executionMode off',
    changes: { mapping: aMapping({ executionMode: 'off' }) },
    verdict: { action: 'suppress', code: 'MODE_OFF' },
    passes: { mapping: aMapping({ executionMode: 'automatic' }) },
  },
  {
    gate: 'resource',
    changes: { finding: aTrackedFinding({ resourceType: CHECK_ITSELF }) },
    verdict: { action: 'notify', code: 'RESOURCE_UNKNOWN' },
    passes: { finding: aTrackedFinding({ resourceType: 'unknown' }) },
  },
  {
    gate: 'scope',
    changes: { mapping: aMapping({ regions: { exclude: [REGION] } }) },
    verdict: { action: 'notify', code: 'OUT_OF_SCOPE' },
    passes: { mapping: aMapping({ regions: { include: [REGION] } }) },
  },
  {
    gate: 'executionMode notify',
    changes: { mapping: aMapping({ automationStatus: false }) },
    verdict: { action: 'notify', code: 'MAPPING_DISABLED' },
    passes: { mapping: aMapping({ automationStatus: true }) },
  },
  {
    gate: 'account',
    changes: { reachable: false },
    verdict: { action: 'notify', code: 'ACCOUNT_NOT_REACHABLE' },
    passes: { reachable: true },
  },
  {
    gate: 'tags readable',
    changes: { tags: unreadable },
    verdict: { action: 'defer', code: 'TAGS_UNREADABLE', until: inSeconds(60) },
    passes: { tags: undefined },
  },
  {
    gate: 'exemptTags',
    changes: { mapping: aMapping({ exemptTags: ['a=1', 'b'] }), tags: { b: '' } },
    verdict: { action: 'suppress', code: 'EXEMPT' },
    passes: { mapping: aMapping({ exemptTags: ['a=1', 'b'] }), tags: { a: '2', B: '' } },
  },
  {
    gate: 'requiredTags',
    changes: { mapping: aMapping({ requiredTags: ['a=1', 'b'] }), tags: { a: '1' } },
    verdict: { action: 'notify', code: 'REQUIRED_TAG_MISSING' },
    passes: { mapping: aMapping({ requiredTags: ['a=1', 'b'] }), tags: { a: '1', b: '' } },
  },
  {
    gate: 'remediator:mode',
    changes: { tags: { 'remediator:mode': 'notify' } },
    verdict: { action: 'notify', code: 'MODE_TAG' },
    passes: { tags: { 'remediator:mode': 'automatic' } },
  },
];
