import { describe, expect, it } from 'vitest';
import { withDetail } from '../../../../shared/sources/reading.ts';
import { findingFromTrustedAdvisor } from '../../../../shared/sources/trusted-advisor.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aTrustedAdvisorEvent } from '../../../helpers/records.ts';

const read = (event: unknown) => withDetail(findingFromTrustedAdvisor(event));

/** An event whose detail holds nothing but these keys. */
function anEventWith(item: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  return aTrustedAdvisorEvent({ detail: { 'check-item-detail': item, resource_id: '', ...more } });
}

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
    expect(read(aTrustedAdvisorEvent({ item: { Status }, detail: { status } })).status).toBe(expected);
  });

  it.each([
    [undefined, undefined],
    ['Blue', 'unknown'],
    [null, ''],
    ['toString', 'constructor'],
  ])('Status %j and detail.status %j are no status: a coded error, not a guess', (Status, status) => {
    const event = aTrustedAdvisorEvent({ item: { Status }, detail: { status } });
    expect(errorOf(() => read(event))).toMatchObject({
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
    expect(read(event).region).toBe(region);
  });

  it('Amazon S3 Bucket Permissions calls it by other names', () => {
    const item = { 'Region Name': 'Ireland', 'Region API Parameter': 'eu-west-1', 'Bucket Name': 'reports' };
    expect(read(anEventWith(item)).region).toBe('eu-west-1');
  });

  it.each(['-', '', 'Global', null, undefined])('Region %j: that of the ARN', (Region) => {
    expect(read(aTrustedAdvisorEvent({ item: { Region } })).region).toBe('ap-southeast-2');
  });

  it("region `-` of an IAM resource: the envelope's", () => {
    const event = anEventWith({ Region: '-', Resource: 'arn:aws:iam::123456789012:user/somebody' });
    expect(read(event)).toMatchObject({ region: 'us-east-1', resourceType: 'iam:user' });
  });

  it('nowhere: a coded error', () => {
    expect(errorOf(() => read({ ...anEventWith({}), region: 'global' })).code).toBe('EVENT_INCOMPLETE');
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
    expect(read(anEventWith(item)).resource.startsWith(resource)).toBe(true);
  });

  it('resource_id comes first', () => {
    const event = anEventWith({ 'Volume ID': 'vol-2' }, { resource_id: ' vol-1 ' });
    expect(read(event).resource).toBe('vol-1');
  });

  it('a value of another kind is kept as JSON, not lost', () => {
    expect(read(anEventWith({ Ports: [22, 80], Flag: true })).detail).toEqual({
      Ports: '[22,80]',
      Flag: 'true',
    });
  });
});

describe('time', () => {
  const at = (updated: unknown, time = '2024-05-13T04:10:02Z') =>
    read(aTrustedAdvisorEvent({ time, item: { 'Last Updated Time': updated } })).observedAt.toISOString();

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
    expect(errorOf(() => read(event)).code).toBe('EVENT_INCOMPLETE');
  });
});

describe('a check of public snapshots', () => {
  const snapshot = (id: string | null) => ({
    Region: 'eu-west-1',
    'Volume ID': 'vol-ffffffff',
    'Snapshot ID': id,
  });
  const resourceOf = (name: string, id: string | null, resource_id = '') =>
    read(anEventWith(snapshot(id), { 'check-name': name, resource_id })).resource;

  it('names the snapshot: a volume has many, and each is a finding', () => {
    expect(resourceOf('Amazon EBS Public Snapshots', 'snap-1')).toBe('snap-1');
    expect(resourceOf('Amazon EBS Public Snapshots', 'snap-2', 'vol-ffffffff')).toBe('snap-2');
    expect(resourceOf('Amazon EBS Public Snapshots', null)).toBe('vol-ffffffff');
    const arn = 'arn:aws:ec2:eu-west-1::snapshot/snap-3';
    expect(resourceOf('Amazon EBS Public Snapshots', 'snap-3', arn)).toBe(arn);
    expect(resourceOf('Underutilized Amazon EBS Volumes', 'snap-1')).toBe('vol-ffffffff');
    expect(resourceOf('Amazon EBS Snapshots', 'snap-1')).toBe('vol-ffffffff');
  });
});

describe('a check that is spelled otherwise', () => {
  it.each([
    ['Amazon EC2 instances stopped', 'c18d2gz150', ['Amazon EC2 Instances Stopped']],
    ['Security Groups – Unrestricted Access', '1iG5NDGVre', ['Security Groups - Unrestricted Access']],
    ['Amazon EC2 Instances Stopped', 'c18d2gz150', undefined],
  ])('%s is found under the name that the API has', (name, checkId, checkAliases) => {
    const event = anEventWith({ Resource: 'x' }, { 'check-name': name });
    const finding = read(event);
    expect([finding.checkId, finding.checkAliases]).toEqual([checkId, checkAliases]);
  });
});
