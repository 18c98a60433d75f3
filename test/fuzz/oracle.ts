import assert from 'node:assert/strict';
import { updateOf } from '../../shared/aws/check-update.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import { CHECK_ITSELF, type Finding, findingIdOf, parseArn, REGION } from '../../shared/domain/finding.ts';
import { mappingKeysOf } from '../../shared/domain/mapping.ts';
import { readingsOf } from '../../shared/sources/registry.ts';

/** What came of an event's readings. */
export interface Outcomes {
  findings: number;
  incomplete: number;
  notRecognised: number;
}

const NOW = new Date('2025-06-01T00:00:00Z');

/**
 * Reads an event as check-tracker does, and holds what comes of it to what must always hold.
 * @throws AssertionError where something untyped was thrown, an event is lost, or a finding names what its event does not
 */
export function judge(event: unknown): Outcomes {
  const outcomes: Outcomes = { findings: 0, incomplete: 0, notRecognised: 0 };
  const readings = readingsOf(event, { approvalActions: ['aws'] });
  // Each reading is tracked or thrown, and what is thrown goes to the failure queue with its event.
  assert.ok(readings.length > 0, 'the event is lost');
  const said = textsOf(event);
  for (const read of readings) {
    let finding: Finding;
    try {
      finding = read();
    } catch (error) {
      assert.ok(error instanceof RemediatorError, `untyped: ${error}`);
      if (error.code === 'EVENT_INCOMPLETE') outcomes.incomplete++;
      else if (error.code === 'EVENT_NOT_RECOGNISED') outcomes.notRecognised++;
      else assert.fail(`a code of somebody else's: ${error.code}`);
      continue;
    }
    judgeFinding(finding);
    judgeResource(finding, said);
    outcomes.findings++;
  }
  return outcomes;
}

/** What every later part relies on. */
function judgeFinding(finding: Finding): void {
  assert.match(finding.account, /^\d{12}$/);
  assert.match(finding.region, REGION);
  assert.ok(['Red', 'Yellow', 'Green'].includes(finding.status), finding.status);
  assert.ok(finding.checkName.trim() !== '' && finding.checkName.length <= 512, 'checkName');
  assert.ok(Number.isFinite(finding.observedAt.getTime()), 'observedAt');
  assert.ok(finding.orderedAt === undefined || Number.isFinite(finding.orderedAt.getTime()), 'orderedAt');
  for (const [key, value] of Object.entries(finding.detail))
    assert.ok(value === null || typeof value === 'string', `detail.${key}`);
  assert.match(findingIdOf(finding), /^[0-9a-f]{64}$/);
  const keys = mappingKeysOf(finding);
  assert.ok(keys.length <= 12 && !keys.includes('*'), `keys: ${keys.length}`);
  // DynamoDB takes it.
  updateOf(finding, NOW);
}

/** The resource is one that the event names where a resource is named, and it is where the finding is said to be. */
function judgeResource({ resource, resourceType, account, region }: Finding, said: Said): void {
  if (resourceType === CHECK_ITSELF) {
    assert.match(resource, /^check\//);
    return;
  }
  const arn = parseArn(resource);
  const named = [...said.resources].some(
    (text) => text === resource || (arn !== undefined && isEndOf(text, arn.resource)),
  );
  assert.ok(named, `the event names no resource ${resource}`);
  if (arn === undefined) return;
  if (said.account !== undefined) assert.equal(account, said.account);
  else if (/^\d{12}$/.test(arn.account)) assert.equal(arn.account, account);
  if (REGION.test(arn.region)) assert.equal(arn.region, region);
}

/** `type/id`, `type:id`, or the ID alone. */
function isEndOf(id: string, resource: string): boolean {
  if (id === '') return false;
  return resource === id || resource.endsWith(`/${id}`) || resource.endsWith(`:${id}`);
}

interface Said {
  /** Every text that stands where the event's source names resources. */
  readonly resources: ReadonlySet<string>;
  /** Trusted Advisor speaks of the account that it runs in; of the others an ARN knows it better than the event. */
  readonly account: unknown;
}

const TRUSTED_ADVISOR = 'Trusted Advisor Check Item Refresh Notification';

/**
 * Where each source names resources, told apart from how it is read: paths, in which `*` is any key.
 * Trusted Advisor's items name them under keys that differ from check to check.
 */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  [TRUSTED_ADVISOR]: ['detail.resource_id', 'detail.check-item-detail.*'],
  'Config Rules Compliance Change': [
    'detail.resourceId',
    'detail.newEvaluationResult.evaluationResultIdentifier.evaluationResultQualifier.resourceId',
  ],
  'Security Hub Findings - Imported': ['detail.findings.*.Resources.*.Id', 'detail.findings.Resources.*.Id'],
  'Security Hub Findings - Custom Action': [
    'detail.findings.*.Resources.*.Id',
    'detail.findings.Resources.*.Id',
  ],
  'Findings Imported V2': [
    'detail.findings.*.resources.*.uid',
    'detail.findings.*.resources.*.uid_alt',
    'detail.findings.resources.*.uid',
    'detail.findings.resources.*.uid_alt',
  ],
  'Inspector2 Finding': ['detail.resources.*.id'],
  'Macie Finding': ['detail.resourcesAffected.s3Bucket.arn', 'detail.resourcesAffected.s3Bucket.name'],
  'Access Analyzer Finding': ['detail.resource'],
  'Internal Access Finding': ['detail.resource'],
  'Unused Access Finding for IAM entities': ['detail.resource'],
  'GuardDuty Finding': [
    'detail.resource.instanceDetails.instanceId',
    'detail.resource.s3BucketDetails.*.*',
    'detail.resource.accessKeyDetails.accessKeyId',
    'detail.resource.lambdaDetails.functionArn',
    'detail.resource.lambdaDetails.functionName',
    'detail.resource.rdsDbInstanceDetails.dbInstanceArn',
    'detail.resource.rdsDbInstanceDetails.dbInstanceIdentifier',
    'detail.resource.rdsLimitlessDbDetails.dbShardGroupArn',
    'detail.resource.eksClusterDetails.*',
    'detail.resource.ecsClusterDetails.*',
    'detail.resource.ebsVolumeDetails.scannedVolumeDetails.*.volumeArn',
  ],
  'CloudWatch Alarm State Change': [
    'resources.*',
    'detail.configuration.metrics.*.metricStat.metric.name',
    'detail.configuration.metrics.*.metricStat.metric.dimensions.InstanceId',
  ],
  'Remediator Finding': ['detail.resource'],
};

const SNS = [
  'AlarmArn',
  'AlarmName',
  'Trigger.MetricName',
  'Trigger.Dimensions.*.value',
  'Trigger.Metrics.*.MetricStat.Metric.MetricName',
  'Trigger.Metrics.*.MetricStat.Metric.Dimensions.*.value',
];

function textsOf(event: unknown): Said {
  const { 'detail-type': detailType, account } = event as Record<string, unknown>;
  const known = typeof detailType === 'string' && Object.hasOwn(PATHS, detailType);
  const paths = known ? (PATHS[detailType] ?? []) : [];
  const found = paths.flatMap((path) => valuesAt(event, path.split('.')));
  const messages = valuesAt(event, ['Records', '*', 'Sns', 'Message']).flatMap((message) => {
    try {
      const alarm: unknown = typeof message === 'string' && JSON.parse(message);
      return SNS.flatMap((path) => valuesAt(alarm, path.split('.')));
    } catch {
      // Not an alarm, so it names nothing.
      return [];
    }
  });
  const texts = [...found, ...messages].filter((each) => typeof each === 'string').map((each) => each.trim());
  // Without what a console puts in brackets behind an ID.
  return {
    resources: new Set(texts.flatMap((text) => [text, text.replace(/ \([^)]*\)$/, '')])),
    account: detailType === TRUSTED_ADVISOR ? account : undefined,
  };
}

function valuesAt(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (key === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (key === '*') return Object.values(value).flatMap((each) => valuesAt(each, rest));
  return Object.hasOwn(value, key) ? valuesAt((value as Record<string, unknown>)[key], rest) : [];
}
