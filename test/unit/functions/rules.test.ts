import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { compilePattern } from '../../../local/events/pattern.ts';
import { readServiceDefinition } from '../../../local/service-definition/read-service-definition.ts';
import type { ServiceDefinition } from '../../../local/service-definition/service-definition.ts';
import { outcomeOf } from '../../../shared/domain/lifecycle.ts';
import { aTrustedAdvisorEvent, sampleEvent } from '../../helpers/records.ts';

// What the rules of serverless.yml let through, told by the pattern engine that the laptop's cloud runs them by.

const file = new URL('../../../serverless.yml', import.meta.url).pathname;
const DEPLOYED = { file, accountId: '012345678901', region: 'us-east-1' };

let service: ServiceDefinition;
beforeAll(async () => {
  service = await readServiceDefinition(DEPLOYED);
});

function functionNamed(name: string) {
  const found = service.functions.find((each) => each.name === name);
  if (!found) throw new Error(`serverless.yml has no function ${name}`);
  return found;
}

const reaches = (name: string, event: unknown) =>
  functionNamed(name).eventRules.some(({ pattern }) => compilePattern(pattern)(event));

describe('findings', () => {
  it.each([
    'ta-s3-bucket-versioning',
    'ta-security-hub-sourced-security-group',
    'ta-unassociated-elastic-ip',
    'ta-underutilized-ebs-volumes',
    'config-rule-compliance-change',
    'securityhub-imported-control',
    'securityhub-imported-standard',
    'securityhub-custom-action-cloudtrail',
    'securityhub-v2-compliance',
    'securityhub-v2-detection',
    'guardduty-ec2',
    'inspector-package',
    'inspector-network',
    'macie-policy',
    'access-analyzer-external',
    'access-analyzer-internal',
    'access-analyzer-unused',
    'cloudwatch-alarm-state-change',
    'remediator-finding',
  ])('%s reaches check-tracker', (name) => {
    expect(reaches('check-tracker', sampleEvent(name))).toBe(true);
  });

  it.each([
    ['without a detail', { 'check-item-detail': undefined }],
    ['without Resource, Region and Last Updated Time', { 'check-item-detail': { Status: 'Red' } }],
    ['without uuid, resource_id and status', { uuid: undefined, resource_id: undefined, status: undefined }],
  ])('an event %s does not disappear: the rule demands no key', (_, detail) => {
    expect(reaches('check-tracker', aTrustedAdvisorEvent({ detail }))).toBe(true);
  });

  it.each([
    'securityhub-imported-control',
    'inspector-network',
    'access-analyzer-unused',
    'config-rule-compliance-change',
  ])('%s reaches it by one rule, also as a test event and without its detail', (name) => {
    const { detail: _, ...event } = sampleEvent(name);
    const matching = (each: unknown) =>
      functionNamed('check-tracker').eventRules.filter(({ pattern }) => compilePattern(pattern)(each)).length;
    expect(matching({ ...event, detail: {} })).toBe(1);
    const source = String(event.source).replace('aws.', 'awsmock.');
    expect(matching({ ...event, source, detail: {} })).toBe(1);
    expect(matching({ ...event, source: 'com.example' })).toBe(0);
  });

  it("a finding of people's own reaches it by one rule, from any source but AWS's", () => {
    const own = (source: string) =>
      functionNamed('check-tracker').eventRules.filter(({ pattern }) =>
        compilePattern(pattern)({ ...sampleEvent('remediator-finding'), source }),
      ).length;
    expect(['com.example', 'awsmock.scanner', 'aws.config'].map(own)).toEqual([1, 1, 0]);
  });

  it("no pattern is longer than EventBridge takes, and none but the alarms' looks into the detail", () => {
    for (const { pattern } of functionNamed('check-tracker').eventRules) {
      const { detail, 'detail-type': detailType } = pattern as Record<string, unknown>;
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(2048);
      if (detail) expect(detailType).toEqual(['CloudWatch Alarm State Change']);
    }
  });

  it.each([
    ['trustedAdvisorSource', 'ta-s3-bucket-versioning'],
    ['configSource', 'config-rule-compliance-change'],
    ['securityHubSource', 'securityhub-imported-control'],
    ['securityHubActionSource', 'securityhub-custom-action-cloudtrail'],
    ['securityHubV2Source', 'securityhub-v2-compliance'],
    ['guardDutySource', 'guardduty-ec2'],
    ['inspectorSource', 'inspector-network'],
    ['macieSource', 'macie-policy'],
    ['accessAnalyzerSource', 'access-analyzer-unused'],
    ['alarmSource', 'cloudwatch-alarm-state-change'],
    ['ownFindingSource', 'remediator-finding'],
  ])('%s=false: %s does not reach it, and all else does', async (param, name) => {
    const { functions } = await readServiceDefinition({ ...DEPLOYED, params: { [param]: 'false' } });
    const rules = functions.find((each) => each.name === 'check-tracker')?.eventRules ?? [];
    expect(rules.some(({ pattern }) => compilePattern(pattern)(sampleEvent(name)))).toBe(false);
    expect(rules).toHaveLength(functionNamed('check-tracker').eventRules.length - 1);
  });

  it('testEventSource=false: no test event reaches it', async () => {
    const { functions } = await readServiceDefinition({ ...DEPLOYED, params: { testEventSource: 'false' } });
    const rules = functions.find((each) => each.name === 'check-tracker')?.eventRules ?? [];
    const event = aTrustedAdvisorEvent({ source: 'awsmock.trustedadvisor' });
    expect(rules.some(({ pattern }) => compilePattern(pattern)(event))).toBe(false);
  });

  it('test events reach it too, events of others do not', () => {
    expect(reaches('check-tracker', aTrustedAdvisorEvent({ source: 'awsmock.trustedadvisor' }))).toBe(true);
    expect(reaches('check-tracker', sampleEvent('ssm-ops-item-update'))).toBe(false);
  });
});

describe('ends of executions', () => {
  const event = (Status: string) => {
    const sample = sampleEvent('ssm-automation-execution-success');
    return { ...sample, detail: { ...sample.detail, Status } };
  };

  it.each([
    'Success',
    'Failed',
    'TimedOut',
    'Canceled',
    'Cancelled',
    'Rejected',
    'CompletedWithSuccess',
    'CompletedWithFailure',
    'ChangeCalendarOverrideRejected',
    'Exited',
  ])('%s reaches execution-events-handler, which knows what it means', (status) => {
    expect(reaches('execution-events-handler', event(status))).toBe(true);
    expect(outcomeOf(status)).toBeDefined();
  });

  it('so does a status that nobody knew of; steps and what goes on do not', () => {
    expect(reaches('execution-events-handler', event('SomethingNew'))).toBe(true);
    expect(reaches('execution-events-handler', event('InProgress'))).toBe(false);
    expect(
      reaches('execution-events-handler', {
        ...event('Success'),
        'detail-type': 'EC2 Automation Step Status-change Notification',
      }),
    ).toBe(false);
  });
});

describe('OpsItems', () => {
  const event = (changes: Record<string, string>) => {
    const sample = sampleEvent('ssm-ops-item-update');
    return { ...sample, detail: { ...sample.detail, ...changes } };
  };

  it('ours reach ops-item-events-handler, resolved or with an answer in their data, no others', () => {
    expect(reaches('ops-item-events-handler', event({}))).toBe(true);
    expect(reaches('ops-item-events-handler', event({ status: 'Open' }))).toBe(true);
    expect(reaches('ops-item-events-handler', event({ source: 'EC2' }))).toBe(false);
  });

  it.each([
    [
      "our own function's role",
      'remediator-prod-ResultsHandlerRole-1ABC/remediator-prod-results-handler',
      false,
    ],
    ['the role that it takes in other accounts', 'remediator-prod-remediation/remediator', false],
    ['a person', 'Responder/remediator-prod-person', true],
  ])('what %s wrote reaches it: %s', (_, session, expected) => {
    const by = `arn:aws:sts::123456789012:assumed-role/${session}`;
    expect(reaches('ops-item-events-handler', event({ 'modified-by': by }))).toBe(expected);
  });
});

describe("CheckTrackerTable's stream", () => {
  const passes = (newStatus: string | undefined, oldStatus?: string) => {
    const image = (status: string | undefined) => (status ? marshall({ resourceStatus: status }) : undefined);
    const record = JSON.parse(
      JSON.stringify({
        eventName: 'MODIFY',
        dynamodb: { NewImage: image(newStatus), OldImage: image(oldStatus) },
      }),
    );
    return functionNamed('results-handler').streams.some(({ filterPatterns }) =>
      filterPatterns.some((pattern) => compilePattern(pattern)(record)),
    );
  };

  it.each([
    ['Red', undefined, true],
    ['Yellow', 'Green', true],
    ['Red', 'Red', true],
    ['Green', 'Red', true],
    ['Green', 'Yellow', true],
    ['Green', undefined, false],
    ['Green', 'Green', false],
    [undefined, 'Red', false],
  ])('%s after %s: %s', (newStatus, oldStatus, expected) => {
    expect(passes(newStatus, oldStatus)).toBe(expected);
  });

  it('poison blocks nobody for a day: retries and age are bounded, and what fails is kept', () => {
    for (const stream of functionNamed('results-handler').streams) {
      expect(stream.maximumRetryAttempts).toBeGreaterThan(0);
      expect(stream.maximumRecordAgeSeconds).toBeGreaterThan(0);
      expect(stream.maximumRecordAgeSeconds).toBeLessThanOrEqual(3600);
      expect(stream).toMatchObject({
        startingPosition: 'TRIM_HORIZON',
        bisectBatchOnFunctionError: true,
        reportBatchItemFailures: true,
        onFailureQueueArn: expect.any(String),
      });
    }
  });
});

describe('every asynchronous path', () => {
  it('has a failure queue', () => {
    for (const each of service.functions) {
      for (const rule of each.eventRules)
        expect(rule.deadLetterQueueArn, each.name).toEqual(expect.any(String));
      if (each.streams.length === 0)
        expect(each.asyncConfig.onFailureQueueArn, each.name).toEqual(expect.any(String));
    }
  });
});
