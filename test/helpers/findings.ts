import { NO_GUARD } from '../../shared/domain/check-guard.ts';
import type { Circumstances } from '../../shared/domain/circumstances.ts';
import { type Finding, findingIdOf, type TrackedFinding } from '../../shared/domain/finding.ts';
import { type Mapping, mappingFrom } from '../../shared/domain/mapping.ts';
import { attemptKey, clientTokenOf, type Remediation } from '../../shared/domain/remediation.ts';
import type { Runbook } from '../../shared/domain/runbook.ts';

export const ACCOUNT = '012345678901';
export const REGION = 'ap-southeast-2';
export const GROUP_ID = 'sg-0a1b2c3d4e5f67890';
export const GROUP_ARN = `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/${GROUP_ID}`;
export const CHECK_NAME = 'Security groups should not allow unrestricted access to ports with high risk';
export const RUNBOOK = 'AWS-DisablePublicAccessForSecurityGroup';
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/remediator/automation`;

/** A security group that is Red. */
export function aFinding(changes: Partial<Finding> = {}): Finding {
  return {
    source: 'aws.trustedadvisor',
    checkName: CHECK_NAME,
    account: ACCOUNT,
    region: REGION,
    resource: GROUP_ARN,
    resourceType: 'ec2:security-group',
    status: 'Red',
    observedAt: new Date('2024-05-13T04:08:32.687Z'),
    detail: { Status: 'Red', Region: REGION, Resource: GROUP_ARN },
    ...changes,
  };
}

/** The same as CheckTrackerTable keeps it. */
export function aTrackedFinding(changes: Partial<TrackedFinding> = {}): TrackedFinding {
  const finding = aFinding(changes);
  return { episode: 1, ...finding, findingId: findingIdOf(finding), ...changes };
}

/** The use case's row of AutomationMappingTable. */
export function aMappingRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    checkName: CHECK_NAME,
    ssmAutomationDocument: RUNBOOK,
    automationParameters: JSON.stringify({ GroupId: ['$resourceId'], AutomationAssumeRole: [ROLE_ARN] }),
    regexPattern: '(sg-\\w+)',
    automationStatus: true,
    ...changes,
  };
}

/** Its mapping. */
export function aMapping(changes: Readonly<Record<string, unknown>> = {}, defaults?: unknown): Mapping {
  return mappingFrom(aMappingRow(changes), defaults);
}

/** What Systems Manager tells of the use case's runbook. */
export function aRunbook(changes: Partial<Runbook> = {}): Runbook {
  return {
    name: RUNBOOK,
    parameters: [
      { name: 'GroupId', required: true },
      { name: 'IpAddressToBlock', required: false },
      { name: 'AutomationAssumeRole', required: false },
    ],
    ...changes,
  };
}

/** What a decision about the use case's finding rests on: nothing stands in its way. */
export function circumstances(changes: Partial<Circumstances> = {}): Circumstances {
  return {
    finding: aTrackedFinding(),
    now: new Date('2024-05-13T04:10:02.000Z'),
    attempt: 1,
    mapping: aMapping(),
    reachable: true,
    exceptions: [],
    tags: {},
    runbook: aRunbook(),
    guard: NO_GUARD,
    history: [],
    ...changes,
  };
}

/** An attempt's row: its first one, under way. */
export function aRemediation(changes: Partial<Remediation> = {}): Remediation {
  const key = attemptKey(aTrackedFinding());
  return {
    ...key,
    state: 'Running',
    stateReason: 'MAPPED: The mapping is switched on.',
    reasonCode: 'MAPPED',
    checkName: CHECK_NAME,
    resource: GROUP_ARN,
    account: ACCOUNT,
    region: REGION,
    clientToken: clientTokenOf({ ...key, ...changes }),
    enteredAt: {},
    ...changes,
  };
}
