import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { findingFrom } from '../../../../shared/sources/registry.ts';

type Event = Record<string, unknown> & { detail: Record<string, unknown> };

function sample(name: string): Event {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/events/${name}.json`, import.meta.url), 'utf8'));
}

/** The sample with parts of its detail exchanged. */
const changed = (name: string, detail: Record<string, unknown>): Event => {
  const event = sample(name);
  return { ...event, detail: { ...event.detail, ...detail } };
};

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    return error instanceof RemediatorError ? error.code : `untyped: ${error}`;
  }
  return undefined;
};

describe('AWS Config', () => {
  const name = 'config-rule-compliance-change';
  const judged = (complianceType: string, more: Record<string, unknown> = {}) => {
    const { newEvaluationResult } = sample(name).detail;
    return changed(name, {
      newEvaluationResult: { ...(newEvaluationResult as object), complianceType, ...more },
    });
  };

  test('the sample names the group by its ARN, in its own region', () => {
    expect(findingFrom(sample(name))).toEqual({
      source: 'aws.config',
      checkName: 'restricted-ssh',
      account: '123456789012',
      region: 'ap-southeast-2',
      resource: 'arn:aws:ec2:ap-southeast-2:123456789012:security-group/sg-0a1b2c3d4e5f67890',
      resourceType: 'ec2:security-group',
      status: 'Red',
      observedAt: new Date('2024-05-07T04:36:54.588Z'),
      detail: expect.objectContaining({
        resourceId: 'sg-0a1b2c3d4e5f67890',
        complianceType: 'NON_COMPLIANT',
      }),
    });
  });

  test.each([
    ['COMPLIANT', 'Green'],
    ['NON_COMPLIANT', 'Red'],
    ['NOT_APPLICABLE', 'Green'],
    ['INSUFFICIENT_DATA', 'Green'],
  ])('%s is %s', (complianceType, status) => {
    expect(findingFrom(judged(complianceType)).status).toBe(status);
  });

  test('a judgement nobody knows is an error, not a Green', () => {
    expect(codeOf(() => findingFrom(judged('MAYBE')))).toBe('EVENT_INCOMPLETE');
  });

  test('a resource whose ARN its ID does not tell keeps its ID and type', () => {
    const event = changed(name, { resourceType: 'AWS::IAM::User', resourceId: 'AIDAEXAMPLE' });
    expect(findingFrom(event)).toMatchObject({ resource: 'AIDAEXAMPLE', resourceType: 'AWS::IAM::User' });
  });

  test("Systems Manager's compliance resource is the instance", () => {
    const event = changed(name, {
      resourceType: 'AWS::SSM::PatchCompliance',
      resourceId: 'i-0123456789abcdef0',
    });
    expect(findingFrom(event).resource).toBe(
      'arn:aws:ec2:ap-southeast-2:123456789012:instance/i-0123456789abcdef0',
    );
  });

  test('without a recorded time, the ordering time, then the envelope', () => {
    const ordering = judged('COMPLIANT', { resultRecordedTime: undefined });
    expect(findingFrom(ordering).observedAt).toEqual(new Date('2024-05-07T04:36:36.353Z'));
    const neither = judged('COMPLIANT', { resultRecordedTime: null, evaluationResultIdentifier: undefined });
    expect(findingFrom(neither).observedAt).toEqual(new Date('2024-05-07T04:36:55Z'));
  });
});

describe('GuardDuty', () => {
  const name = 'guardduty-ec2';

  test("the sample is the member account's instance", () => {
    const event = { ...changed(name, { accountId: '883606788610' }), time: '2017-12-08T15:35:00Z' };
    expect(findingFrom(event)).toMatchObject({
      source: 'aws.guardduty',
      checkName: 'Backdoor:EC2/C&CActivity.B!DNS',
      account: '883606788610',
      region: 'us-east-1',
      resource: 'arn:aws:ec2:us-east-1:883606788610:instance/i-99999999',
      resourceType: 'ec2:instance',
      status: 'Yellow',
      severity: '5',
      observedAt: new Date('2017-12-08T15:32:49.865Z'),
    });
  });

  test('the envelope of the sample lies in 1970, and the detail is later: the envelope counts', () => {
    // A detail may be five minutes ahead of its envelope and no more: else one wrong clock hides all later events.
    expect(findingFrom(sample(name)).observedAt).toEqual(new Date('1970-01-01T00:00:00Z'));
  });

  test.each([
    [6.9, 'Yellow'],
    [7, 'Red'],
    [8.9, 'Red'],
  ])('severity %d is %s', (severity, status) => {
    expect(findingFrom(changed(name, { severity })).status).toBe(status);
  });

  test('archived is Green', () => {
    expect(findingFrom(changed(name, { severity: 8, service: { archived: true } })).status).toBe('Green');
  });

  test('a bucket is its ARN, an access key its ID, and nothing the finding itself', () => {
    const of = (resource: unknown) => findingFrom(changed(name, { resource }));
    expect(of({ s3BucketDetails: [{ arn: 'arn:aws:s3:::b', name: 'b' }] }).resource).toBe('arn:aws:s3:::b');
    expect(of({ resourceType: 'AccessKey', accessKeyDetails: { accessKeyId: 'AKIAEXAMPLE' } })).toMatchObject(
      {
        resource: 'AKIAEXAMPLE',
        resourceType: 'AccessKey',
      },
    );
    expect(of({ resourceType: 'Container' })).toMatchObject({ resourceType: 'check' });
  });
});

describe('CloudWatch alarms', () => {
  const name = 'cloudwatch-alarm-state-change';
  const measuring = (metric: Record<string, unknown>) =>
    changed(name, { configuration: { metrics: [{ metricStat: { metric } }] } });

  test('the sample is the instance of its dimension', () => {
    expect(findingFrom(sample(name))).toMatchObject({
      source: 'aws.cloudwatch',
      checkName: 'UnauthorizedAccess',
      resource: 'arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0',
      status: 'Red',
      observedAt: new Date('2019-10-02T17:04:40.989Z'),
      detail: expect.objectContaining({ InstanceId: 'i-0123456789abcdef0', metricName: '401' }),
    });
  });

  test("the metric's name can be the instance", () => {
    expect(findingFrom(measuring({ name: 'i-0123456789abcdef0', dimensions: {} })).resource).toBe(
      'arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0',
    );
  });

  test('an account that stands inside the metric is not the one that is meant', () => {
    const metric = { name: '401', dimensions: { InstanceId: 'i-0123456789abcdef0' } };
    const resourceOf = (outside: string, inside: string) => {
      const metrics = [{ accountId: outside, metricStat: { metric: { ...metric, accountId: inside } } }];
      return findingFrom(changed(name, { configuration: { metrics } })).resource;
    };
    expect(resourceOf('999988887777', '123456789012')).toContain(':alarm:');
    expect(resourceOf('123456789012', '999988887777')).toContain(':instance/');
  });

  test('a composite alarm, or one of something else, is the alarm itself', () => {
    const alarm = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:UnauthorizedAccess';
    expect(findingFrom(changed(name, { configuration: {} }))).toMatchObject({ resource: alarm });
    expect(
      findingFrom(measuring({ name: 'Errors', dimensions: { FunctionName: 'i-am-no-instance' } })),
    ).toMatchObject({
      resource: alarm,
      resourceType: 'cloudwatch:alarm',
    });
  });

  test.each([
    ['OK', 'Green'],
    ['INSUFFICIENT_DATA', 'Green'],
    ['ALARM', 'Red'],
  ])('%s is %s', (value, status) => {
    expect(findingFrom(changed(name, { state: { value } })).status).toBe(status);
  });
});

test.each(['config-rule-compliance-change', 'guardduty-ec2', 'cloudwatch-alarm-state-change'])(
  '%s: whatever is exchanged in its detail, the answer is a finding or a coded error',
  (name) => {
    const keys = Object.keys(sample(name).detail);
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.anything(), (key, value) => {
        const code = codeOf(() => findingFrom(changed(name, { [key]: value })));
        expect([undefined, 'EVENT_INCOMPLETE']).toContain(code);
      }),
    );
  },
);
