import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { findingIdOf } from '../../../../shared/domain/finding.ts';
import { withDetail } from '../../../../shared/sources/reading.ts';
import { findingFromTrustedAdvisor } from '../../../../shared/sources/trusted-advisor.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aTrustedAdvisorEvent, sampleEvent } from '../../../helpers/records.ts';

const GROUP = 'arn:aws:ec2:ap-southeast-2:012345678901:security-group/sg-0a1b2c3d4e5f67890';

const read = (event: unknown) => withDetail(findingFromTrustedAdvisor(event));

/** An event whose detail holds nothing but these keys. */
function anEventWith(item: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  return aTrustedAdvisorEvent({ detail: { 'check-item-detail': item, resource_id: '', ...more } });
}

describe('the sample events', () => {
  it('a check sourced from Security Hub', () => {
    expect(read(sampleEvent('ta-security-hub-sourced-security-group'))).toEqual({
      source: 'aws.trustedadvisor',
      checkId: 'Hs4Ma3G204',
      checkName: 'Security groups should not allow unrestricted access to ports with high risk',
      account: '012345678901',
      region: 'ap-southeast-2',
      resource: GROUP,
      resourceType: 'ec2:security-group',
      status: 'Red',
      observedAt: new Date('2024-05-13T04:08:32.687Z'),
      detail: {
        Status: 'Red',
        Region: 'ap-southeast-2',
        Resource: GROUP,
        'Last Updated Time': '2024-05-13T04:08:32.687Z',
      },
    });
  });

  it('S3 bucket versioning: no Last Updated Time, a bucket by ARN', () => {
    expect(read(sampleEvent('ta-s3-bucket-versioning'))).toMatchObject({
      region: 'us-east-1',
      resource: 'arn:aws:s3:::tpbucket',
      resourceType: 's3',
      status: 'Yellow',
      observedAt: new Date('2018-09-26T17:25:07Z'),
    });
  });

  it('underutilised volumes: no Status, and nulls', () => {
    expect(read(sampleEvent('ta-underutilized-ebs-volumes'))).toMatchObject({
      status: 'Yellow',
      resource: 'arn:aws:ec2:us-east-1:123412341234:volume/vol-0c5a286715785d467',
      detail: { 'Snapshot Name': null, 'Volume ID': 'vol-0c5a286715785d467' },
    });
  });

  it('unassociated addresses: an empty resource_id', () => {
    expect(read(sampleEvent('ta-unassociated-elastic-ip'))).toMatchObject({
      resource: '123.456.789.012',
      resourceType: 'unknown',
      status: 'Yellow',
    });
  });
});

describe('events without Resource, Region or Last Updated Time do not disappear', () => {
  it.each([
    ['an empty detail', {}],
    ['no detail', { 'check-item-detail': undefined }],
    ['a null detail', { 'check-item-detail': null }],
    ['nulls only', { 'check-item-detail': { Region: null, Resource: null, 'Last Updated Time': null } }],
    ['no uuid', { 'check-item-detail': {}, uuid: undefined }],
    ['no resource_id', { 'check-item-detail': {}, resource_id: undefined }],
  ])('%s: tracked under the check itself', (_, detail) => {
    const event = aTrustedAdvisorEvent({ detail: { 'check-item-detail': {}, resource_id: '', ...detail } });
    expect(read(event)).toMatchObject({
      resource: 'check/Security groups should not allow unrestricted access to ports with high risk',
      resourceType: 'check',
      region: 'us-east-1',
      status: 'Red',
      observedAt: new Date('2024-05-13T04:10:02Z'),
    });
  });

  it('exposed access keys: status ERROR, empty resource_id, a Case ID that is no resource', () => {
    const item = {
      'Case ID': '1234567890',
      'Usage (USD per Day)': '0',
      'User Name (IAM or Root)': 'somebody',
      Deadline: '1440453299248',
      'Access Key ID': 'AKIAEXAMPLE',
      'Time Updated': '1440021299248',
      'Fraud Type': 'Exposed',
      Location: 'www.example.com',
    };
    expect(read(anEventWith(item))).toMatchObject({
      resource: 'AKIAEXAMPLE',
      status: 'Red',
    });
  });
});

describe('names', () => {
  it('a name that ends in a space is the same check', () => {
    const [one, two] = ['Load Balancer Optimization ', 'Load Balancer Optimization'].map((name) =>
      read(aTrustedAdvisorEvent({ detail: { 'check-name': name } })),
    );
    expect(one?.checkName).toBe('Load Balancer Optimization');
    expect(one && findingIdOf(one)).toBe(two && findingIdOf(two));
  });

  it('awsmock.trustedadvisor is read too, and is a finding of its own', () => {
    const mock = read(aTrustedAdvisorEvent({ source: 'awsmock.trustedadvisor' }));
    expect(mock.source).toBe('awsmock.trustedadvisor');
    expect(findingIdOf(mock)).not.toBe(findingIdOf(read(aTrustedAdvisorEvent())));
  });
});

describe('bad input', () => {
  it.each([
    ['no check-name', { detail: { 'check-name': undefined } }],
    ['an empty check-name', { detail: { 'check-name': '  ' } }],
    [
      'a check-name longer than any, which DynamoDB would refuse as a key',
      { detail: { 'check-name': 'x'.repeat(2049) } },
    ],
    ['no account', { account: undefined }],
    ['a short account', { account: '1234' }],
    ['a detail that is a list', { detail: { 'check-item-detail': ['x'] } }],
    ['a detail that is text', { detail: { 'check-item-detail': 'x' } }],
    ['a status that is a number', { detail: { status: 3 } }],
  ])('%s: EVENT_INCOMPLETE', (_, changes) => {
    expect(errorOf(() => read(aTrustedAdvisorEvent(changes))).code).toBe('EVENT_INCOMPLETE');
  });

  it('tells everything that is missing at once', () => {
    const { message } = errorOf(() => read({ detail: {} }));
    for (const part of ['account', 'time', 'region', 'check-name']) expect(message).toContain(part);
  });

  it('never throws anything but a coded error (property)', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (a, b, c) => {
        const events = [
          a,
          { ...aTrustedAdvisorEvent(), detail: b },
          aTrustedAdvisorEvent(),
          { ...aTrustedAdvisorEvent(), time: c },
        ];
        for (const event of events) {
          try {
            read(event);
          } catch (error) {
            expect(error).toBeInstanceOf(RemediatorError);
          }
        }
      }),
    );
  });

  it('never loses a well-formed event, whatever its detail holds (property)', () => {
    const key = fc.oneof(
      fc.constantFrom(
        'Status',
        'Region',
        'Region/AZ',
        'Resource',
        'Last Updated Time',
        'Instance ID',
        'x ARN',
        '__proto__',
        'constructor',
      ),
      fc.string({ maxLength: 12 }),
    );
    const value = fc.option(
      fc.oneof(fc.string(), fc.constantFrom('-', 'Red', 'Green', 'arn:aws:s3:::b', 'us-east-1', '')),
    );
    const item = fc.array(fc.tuple(key, value)).map((entries) => Object.fromEntries(entries));
    const resourceId = fc.constantFrom('', '-', 'x', null, undefined);
    fc.assert(
      fc.property(
        item,
        resourceId,
        fc.constantFrom('OK', 'WARN', 'ERROR', 'INFO'),
        (detail, resource_id, status) => {
          const event = aTrustedAdvisorEvent({
            detail: { 'check-item-detail': detail, resource_id, status },
          });
          const finding = read(event);
          expect(finding.resource.trim()).not.toBe('');
          expect(finding.resource).not.toBe('-');
          expect(['Red', 'Yellow', 'Green']).toContain(finding.status);
          expect(finding.region).toMatch(/^[a-z]{2,4}(-[a-z]+)+-\d+$/);
          expect(Number.isNaN(finding.observedAt.getTime())).toBe(false);
          expect(findingIdOf(finding)).toMatch(/^[0-9a-f]{64}$/);
        },
      ),
    );
  });
});
