import type { Row } from '../../cli/mappings/mappings-file.ts';
import type { Example } from '../../cli/mappings/pack-schema.ts';
import { type AnEvent, sampleEvent } from './records.ts';
import { withDetail, withFinding } from './source-events.ts';

export const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** What AWS Config evaluates under its rules, and how it names it: by ID, never by ARN. */
const EVALUATED: Readonly<Record<string, readonly [type: string, id: string]>> = {
  'cloudtrail-enabled': ['AWS::::Account', ACCOUNT],
  'multi-region-cloudtrail-enabled': ['AWS::::Account', ACCOUNT],
  'cloudtrail-security-trail-enabled': ['AWS::::Account', ACCOUNT],
  'cloud-trail-log-file-validation-enabled': ['AWS::CloudTrail::Trail', 'management-events'],
  'cloud-trail-encryption-enabled': ['AWS::CloudTrail::Trail', 'management-events'],
  'cloud-trail-cloud-watch-logs-enabled': ['AWS::CloudTrail::Trail', 'management-events'],
  'eip-attached': ['AWS::EC2::EIP', 'eipalloc-0a1b2c3d4e5f67890'],
};

/** An event that a row of a pack is for, as its source sends it, about the resource of an example. */
export function eventFor(pack: string, { checkName, ...row }: Row, example: Example): AnEvent {
  const check = String(checkName);
  if (pack === 'security-hub-fsbp') return controlEvent(check, example.resource);
  if (/^[a-z0-9-]+$/.test(check)) return configEvent(check, example);
  if (row.ssmAutomationDocument === 'Remediator-IsolateEC2Instance') return alarmEvent(check);
  return pack === 'containment'
    ? guardDutyEvent(check, example.resource)
    : trustedAdvisorEvent(check, example);
}

function controlEvent(id: string, resource: string): AnEvent {
  return withFinding('securityhub-imported-control', {
    GeneratorId: `security-control/${id}`,
    AwsAccountId: ACCOUNT,
    Compliance: { Status: 'FAILED', SecurityControlId: id },
    Resources: [{ Type: 'Other', Id: resource, Partition: 'aws', Region: REGION }],
  });
}

function configEvent(configRuleName: string, { detail = {} }: Example): AnEvent {
  const [resourceType, resourceId] = EVALUATED[configRuleName] ?? [detail.resourceType, detail.resourceId];
  return withDetail('config-rule-compliance-change', {
    configRuleName,
    resourceType,
    resourceId,
    awsAccountId: ACCOUNT,
    awsRegion: REGION,
  });
}

/** The shape of use case 4: the metric is called as the instance. */
function alarmEvent(alarmName: string): AnEvent {
  const metric = { namespace: 'LabApplications', name: 'i-0123456789abcdef0', dimensions: {} };
  const metrics = [{ id: 'm1', metricStat: { metric, period: 300, stat: 'Sum' }, returnData: true }];
  return withDetail('cloudwatch-alarm-state-change', { alarmName, configuration: { metrics } });
}

function guardDutyEvent(type: string, resource: string): AnEvent {
  const name = resource.split(/[:/]/).at(-1);
  return withDetail('guardduty-ec2', {
    type,
    severity: 8,
    resource: type.includes(':S3/')
      ? { resourceType: 'S3Bucket', s3BucketDetails: [{ arn: resource, name, type: 'Destination' }] }
      : { resourceType: 'Instance', instanceDetails: { instanceId: name } },
  });
}

/** Checks that come from Security Hub have these four keys; the others have those of the example. */
function trustedAdvisorEvent(checkName: string, { resource, detail }: Example): AnEvent {
  const event = sampleEvent('ta-security-hub-sourced-security-group');
  const item = detail ?? {
    Status: 'Red',
    Region: REGION,
    Resource: resource,
    'Last Updated Time': '2024-05-13T04:08:32.687Z',
  };
  return {
    ...event,
    account: ACCOUNT,
    detail: { ...event.detail, 'check-name': checkName, 'check-item-detail': item, resource_id: '' },
  };
}
