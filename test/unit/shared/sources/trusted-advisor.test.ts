import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { findingIdOf } from '../../../../shared/domain/finding.ts';
import { findingFromTrustedAdvisor } from '../../../../shared/sources/trusted-advisor.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aTrustedAdvisorEvent, sampleEvent } from '../../../helpers/records.ts';

const GROUP = 'arn:aws:ec2:ap-southeast-2:012345678901:security-group/sg-0a1b2c3d4e5f67890';

/** An event whose detail holds nothing but these keys. */
function anEventWith(item: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  return aTrustedAdvisorEvent({ detail: { 'check-item-detail': item, resource_id: '', ...more } });
}

describe('the sample events', () => {
  it('a check sourced from Security Hub', () => {
    expect(findingFromTrustedAdvisor(sampleEvent('ta-security-hub-sourced-security-group'))).toEqual({
      source: 'aws.trustedadvisor',
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
    expect(findingFromTrustedAdvisor(sampleEvent('ta-s3-bucket-versioning'))).toMatchObject({
      region: 'us-east-1',
      resource: 'arn:aws:s3:::tpbucket',
      resourceType: 's3',
      status: 'Yellow',
      observedAt: new Date('2018-09-26T17:25:07Z'),
    });
  });

  it('underutilised volumes: no Status, and nulls', () => {
    expect(findingFromTrustedAdvisor(sampleEvent('ta-underutilized-ebs-volumes'))).toMatchObject({
      status: 'Yellow',
      resource: 'arn:aws:ec2:us-east-1:123412341234:volume/vol-0c5a286715785d467',
      detail: { 'Snapshot Name': null, 'Volume ID': 'vol-0c5a286715785d467' },
    });
  });

  it('unassociated addresses: an empty resource_id', () => {
    expect(findingFromTrustedAdvisor(sampleEvent('ta-unassociated-elastic-ip'))).toMatchObject({
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
    expect(findingFromTrustedAdvisor(event)).toMatchObject({
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
    expect(findingFromTrustedAdvisor(anEventWith(item))).toMatchObject({
      resource: 'AKIAEXAMPLE',
      status: 'Red',
    });
  });
});

describe('status', () => {
  it.each([
    ['Red', 'OK', 'Red'],
    ['Yellow', 'ERROR', 'Yellow'],
    ['Green', 'ERROR', 'Green'],
    [' green ', 'ERROR', 'Green'],
    [undefined, 'ERROR', 'Red'],
    [undefined, 'WARN', 'Yellow'],
    [undefined, 'OK', 'Green'],
    [undefined, 'INFO', 'Green'],
    [null, 'warn', 'Yellow'],
    ['', 'ERROR', 'Red'],
    ['Blue', 'WARN', 'Yellow'],
    ['constructor', 'WARN', 'Yellow'],
    ['__proto__', 'WARN', 'Yellow'],
    ['Red', undefined, 'Red'],
    ['Red', null, 'Red'],
  ])('Status %j and detail.status %j are %s', (Status, status, expected) => {
    expect(
      findingFromTrustedAdvisor(aTrustedAdvisorEvent({ item: { Status }, detail: { status } })).status,
    ).toBe(expected);
  });

  it.each([
    [undefined, undefined],
    ['Blue', 'unknown'],
    [null, ''],
    ['toString', 'constructor'],
  ])('Status %j and detail.status %j are no status: a coded error, not a guess', (Status, status) => {
    const event = aTrustedAdvisorEvent({ item: { Status }, detail: { status } });
    expect(errorOf(() => findingFromTrustedAdvisor(event))).toMatchObject({
      code: 'EVENT_INCOMPLETE',
      message: expect.stringContaining('status'),
    });
  });
});

describe('region', () => {
  it.each([
    ['ap-southeast-2', undefined, 'ap-southeast-2'],
    [undefined, 'us-west-2a', 'us-west-2'],
    ['-', 'eu-west-1b', 'eu-west-1'],
  ])('Region %j, Region/AZ %j: %s', (Region, zone, region) => {
    const event = anEventWith({ Region, 'Region/AZ': zone, 'Volume ID': 'vol-1' });
    expect(findingFromTrustedAdvisor(event).region).toBe(region);
  });

  it.each(['-', '', 'Global', null, undefined])('Region %j: that of the ARN', (Region) => {
    expect(findingFromTrustedAdvisor(aTrustedAdvisorEvent({ item: { Region } })).region).toBe(
      'ap-southeast-2',
    );
  });

  it("region `-` of an IAM resource: the envelope's", () => {
    const event = anEventWith({ Region: '-', Resource: 'arn:aws:iam::123456789012:user/somebody' });
    expect(findingFromTrustedAdvisor(event)).toMatchObject({ region: 'us-east-1', resourceType: 'iam:user' });
  });

  it('nowhere: a coded error', () => {
    expect(errorOf(() => findingFromTrustedAdvisor({ ...anEventWith({}), region: 'global' })).code).toBe(
      'EVENT_INCOMPLETE',
    );
  });
});

describe('resource', () => {
  it.each([
    [{ 'Security Group Name': 'web', 'Security Group ID': 'sg-0a1b2c3d (vpc-1a2b3c4d)' }, 'sg-0a1b2c3d'],
    [{ 'Region/AZ': 'us-east-1a', 'Volume ID': 'vol-1', 'Volume Name': 'x' }, 'vol-1'],
    [{ 'Instance ID': 'i-1', 'VPC ID': 'vpc-1' }, 'i-1'],
    [{ 'Region/AZ': 'x', 'Load Balancer Name': 'lb' }, 'lb'],
    [{ 'Bucket Name': 'mine' }, 'mine'],
    [
      { 'Function ARN': 'arn:aws:lambda:us-east-1:123456789012:function:f' },
      'arn:aws:lambda:us-east-1:123456789012:function:f',
    ],
    [{ 'AWS Config Rule': 'r', 'Input Parameters': '{}', Resource: 'arn:aws:s3:::b' }, 'arn:aws:s3:::b'],
    [{ Something: ' arn:aws:s3:::b ' }, 'arn:aws:s3:::b'],
    [{ 'VPC ID': 'vpc-1' }, 'check/'],
    [{ 'Rule Name': 'r', 'Service Name': 's', Resource: '-' }, 'check/'],
  ])('of %j is %s', (item, resource) => {
    expect(findingFromTrustedAdvisor(anEventWith(item)).resource.startsWith(resource)).toBe(true);
  });

  it('resource_id comes first', () => {
    const event = anEventWith({ 'Volume ID': 'vol-2' }, { resource_id: ' vol-1 ' });
    expect(findingFromTrustedAdvisor(event).resource).toBe('vol-1');
  });

  it('a value of another kind is kept as JSON, not lost', () => {
    expect(findingFromTrustedAdvisor(anEventWith({ Ports: [22, 80], Flag: true })).detail).toEqual({
      Ports: '[22,80]',
      Flag: 'true',
    });
  });
});

describe('time', () => {
  const at = (updated: unknown, time = '2024-05-13T04:10:02Z') =>
    findingFromTrustedAdvisor(
      aTrustedAdvisorEvent({ time, item: { 'Last Updated Time': updated } }),
    ).observedAt.toISOString();

  it("a timestamp's offset counts", () => {
    expect(at('2024-05-13T14:08:32.687+10:00')).toBe('2024-05-13T04:08:32.687Z');
    expect(at('2024-05-12T23:08:32.687-0500')).toBe('2024-05-13T04:08:32.687Z');
  });

  it.each([
    ['2024-05-13T04:08:32.687Z', '2024-05-13T04:08:32.687Z'],
    ['2024-05-13 04:08:32 UTC', '2024-05-13T04:08:32.000Z'],
    ['2024-05-13T04:08:32', '2024-05-13T04:08:32.000Z'],
    ['2024-05-13T04:08:32.123456789Z', '2024-05-13T04:08:32.123Z'],
    [' 2024-05-13T04:08:32z ', '2024-05-13T04:08:32.000Z'],
  ])('%j is %s, wherever this runs', (text, iso) => {
    expect(at(text)).toBe(iso);
  });

  it.each([
    undefined,
    null,
    '',
    '-',
    'yesterday',
    'Nov 29, 2024 7:43:20 PM',
    '1440453299248',
    '2024-13-45T99:99:99Z',
  ])("%j: the envelope's time", (text) => {
    expect(at(text)).toBe('2024-05-13T04:10:02.000Z');
  });

  it('a time from far ahead of the envelope would hide all later events: the envelope counts', () => {
    expect(at('2031-01-01T00:00:00Z')).toBe('2024-05-13T04:10:02.000Z');
    expect(at('2024-05-13T04:11:00Z')).toBe('2024-05-13T04:11:00.000Z');
  });

  it('no time anywhere: a coded error', () => {
    const event = aTrustedAdvisorEvent({ time: 'soon', item: { 'Last Updated Time': null } });
    expect(errorOf(() => findingFromTrustedAdvisor(event)).code).toBe('EVENT_INCOMPLETE');
  });
});

describe('names', () => {
  it('a name that ends in a space is the same check', () => {
    const [one, two] = ['Load Balancer Optimization ', 'Load Balancer Optimization'].map((name) =>
      findingFromTrustedAdvisor(aTrustedAdvisorEvent({ detail: { 'check-name': name } })),
    );
    expect(one?.checkName).toBe('Load Balancer Optimization');
    expect(one && findingIdOf(one)).toBe(two && findingIdOf(two));
  });

  it('awsmock.trustedadvisor is read too, and is a finding of its own', () => {
    const mock = findingFromTrustedAdvisor(aTrustedAdvisorEvent({ source: 'awsmock.trustedadvisor' }));
    expect(mock.source).toBe('awsmock.trustedadvisor');
    expect(findingIdOf(mock)).not.toBe(findingIdOf(findingFromTrustedAdvisor(aTrustedAdvisorEvent())));
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
    expect(errorOf(() => findingFromTrustedAdvisor(aTrustedAdvisorEvent(changes))).code).toBe(
      'EVENT_INCOMPLETE',
    );
  });

  it('tells everything that is missing at once', () => {
    const { message } = errorOf(() => findingFromTrustedAdvisor({ detail: {} }));
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
            findingFromTrustedAdvisor(event);
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
          const finding = findingFromTrustedAdvisor(event);
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
