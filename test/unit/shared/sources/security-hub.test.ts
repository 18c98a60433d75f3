import { describe, expect, it } from 'vitest';
import { mappingKeysOf } from '../../../../shared/domain/mapping.ts';
import { readingsOf } from '../../../../shared/sources/registry.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { sampleEvent } from '../../../helpers/records.ts';
import { readAll, readOne, withDetail, withFinding } from '../../../helpers/source-events.ts';

const CONTROL = 'securityhub-imported-control';
const STANDARD = 'securityhub-imported-standard';
const TRAIL = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/TestTrail-DO-NOT-DELETE';

/** The sample's finding with changes. */
const read = (changes: Readonly<Record<string, unknown>>) => readOne(withFinding(CONTROL, changes));
const refused = (changes: Readonly<Record<string, unknown>>) => errorOf(() => read(changes));

describe('a control', () => {
  it('is the finding that the documentation shows', () => {
    expect(readOne(sampleEvent(CONTROL))).toEqual({
      source: 'aws.securityhub',
      sourceFindingId:
        'arn:aws:securityhub:us-east-1:123456789012:security-control/CloudTrail.2/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
      checkName: 'CloudTrail should have encryption at-rest enabled',
      checkId: 'CloudTrail.2',
      checkAliases: ['security-control/CloudTrail.2'],
      account: '123456789012',
      region: 'us-east-1',
      resource: TRAIL,
      resourceType: 'cloudtrail:trail',
      status: 'Red',
      severity: 'MEDIUM',
      observedAt: new Date('2025-05-30T03:30:32.781Z'),
      orderedAt: new Date('2025-05-30T03:31:02.000Z'),
      detail: expect.objectContaining({
        SecurityControlId: 'CloudTrail.2',
        ComplianceStatus: 'FAILED',
        ResourceId: TRAIL,
        ResourceType: 'AwsCloudTrailTrail',
        ProcessedAt: '2025-05-30T03:31:00.831Z',
      }),
    });
  });

  it.each([
    ['consolidated', CONTROL],
    ['of one standard', STANDARD],
  ])('%s, is found by its ID and by its title without the ID', (_, name) => {
    const keys = mappingKeysOf(readOne(sampleEvent(name)));
    expect(keys).toContain('CloudTrail.2');
    expect(keys).toContain('CloudTrail should have encryption at-rest enabled');
  });

  it('a row of one standard is more exact than a row of the control, and that than its title', () => {
    const keys = mappingKeysOf(readOne(sampleEvent(STANDARD)));
    const places = [
      'aws-foundational-security-best-practices/v/1.0.0/CloudTrail.2',
      'CloudTrail.2',
      'CloudTrail should have encryption at-rest enabled',
    ].map((key) => keys.indexOf(key));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it.each([
    [{ GeneratorId: 'pci-dss/v/3.2.1/PCI.EC2.2', ProductFields: { ControlId: 'PCI.EC2.2' } }, 'EC2.2'],
    [{ ProductFields: { ControlId: 'CT.CloudTrail.2' } }, 'CloudTrail.2'],
    [{ GeneratorId: 'security-control/EC2.19' }, 'EC2.19'],
    [{ GeneratorId: 'cis-aws-foundations-benchmark/v/5.0.0/5.1.1' }, undefined],
  ])('without SecurityControlId, %j is %s', (changes, id) => {
    const said = { ProductFields: {}, ...changes, Compliance: { Status: 'FAILED' } };
    expect(read(said).checkId).toBe(id);
  });

  it.each([
    ['5.1.1 EBS default encryption should be enabled', 'EBS default encryption should be enabled'],
    ['CT.CloudTrail.2 CloudTrail should have …', 'CloudTrail should have …'],
    ['2.2 Ensure CloudTrail …', 'Ensure CloudTrail …'],
    ['S3 buckets should …', 'S3 buckets should …'],
  ])('the title %j is the check %j', (Title, checkName) => {
    expect(read({ Title }).checkName).toBe(checkName);
  });

  it('without a title is its ID; without any name it cannot be read', () => {
    expect(read({ Title: undefined }).checkName).toBe('CloudTrail.2');
    const nameless = { Title: '', GeneratorId: '', Compliance: { Status: 'FAILED' }, ProductFields: {} };
    expect(refused(nameless)).toMatchObject({ code: 'EVENT_INCOMPLETE' });
  });
});

describe('status', () => {
  it.each([
    [{ Compliance: { Status: 'PASSED' } }, 'Green', undefined],
    [{ Compliance: { Status: 'FAILED' } }, 'Red', undefined],
    [{ Compliance: { Status: 'WARNING' } }, 'Yellow', undefined],
    [{ Compliance: { Status: 'NOT_AVAILABLE' } }, 'Green', 'NOT_AVAILABLE'],
    [{ Workflow: { Status: 'NOTIFIED' } }, 'Red', undefined],
    [{ Workflow: { Status: 'SUPPRESSED' } }, 'Green', 'SUPPRESSED'],
    [{ Workflow: { Status: 'RESOLVED' } }, 'Green', 'RESOLVED'],
    [{ RecordState: 'ARCHIVED' }, 'Green', 'ARCHIVED'],
    [{ Compliance: undefined, Severity: { Label: 'CRITICAL' } }, 'Red', undefined],
    [{ Compliance: undefined, Severity: { Label: 'HIGH' } }, 'Red', undefined],
    [{ Compliance: undefined, Severity: { Label: 'MEDIUM' } }, 'Yellow', undefined],
    [{ Compliance: undefined, Severity: { Label: 'LOW' } }, 'Yellow', undefined],
    [{ Compliance: undefined, Severity: { Label: 'INFORMATIONAL' } }, 'Green', 'INFORMATIONAL'],
    [{ Compliance: null, Severity: { Normalized: 90 } }, 'Red', undefined],
    [{ Compliance: null, Severity: { Normalized: 70 } }, 'Red', undefined],
    [{ Compliance: null, Severity: { Normalized: 69 } }, 'Yellow', undefined],
    [{ Compliance: null, Severity: { Normalized: 1 } }, 'Yellow', undefined],
    [{ Compliance: null, Severity: { Normalized: 0 } }, 'Green', 'INFORMATIONAL'],
  ])('%j is %s (%s)', (changes, status, reason) => {
    const finding = read(changes);
    expect(finding.status).toBe(status);
    expect(finding.statusReason?.split(':')[0]).toBe(reason);
  });

  it.each([
    [{ Compliance: { Status: 'MAYBE' } }, 'MAYBE'],
    [{ Compliance: undefined, Severity: undefined }, 'Severity'],
    [{ Compliance: undefined, Severity: { Label: 'PURPLE' } }, 'PURPLE'],
  ])('%j is none: an error, never a Green', (changes, named) => {
    expect(refused(changes)).toMatchObject({
      code: 'EVENT_INCOMPLETE',
      message: expect.stringContaining(named),
    });
  });
});

describe('the resource', () => {
  const of = (resource: Readonly<Record<string, unknown>>) => read({ Resources: [resource] });

  it.each([
    [{ Type: 'AwsEc2SecurityGroup', Id: 'sg-1' }, 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1'],
    [
      { Type: 'AwsEc2Instance', Id: 'i-0a', Region: 'eu-west-1' },
      'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a',
    ],
    [{ Type: 'AwsS3Bucket', Id: 'logs' }, 'arn:aws:s3:::logs'],
    [{ Type: 'AwsAccount', Id: 'AWS::::Account:123456789012' }, 'AWS::::Account:123456789012'],
  ])('%j is %s', (resource, arn) => {
    expect(of(resource)).toMatchObject({ resource: arn, account: '123456789012' });
  });

  it('is where its ARN says, whatever stands around it', () => {
    const trail = 'arn:aws:cloudtrail:us-west-2:210987654321:trail/organization';
    expect(of({ Type: 'AwsCloudTrailTrail', Id: trail, Region: 'us-east-1' })).toMatchObject({
      resource: trail,
      account: '210987654321',
      region: 'us-west-2',
    });
  });

  it("of a member account, told in the administrator's event", () => {
    const event = {
      ...withFinding(CONTROL, { Region: 'eu-west-1', Resources: [{ Type: 'AwsS3Bucket', Id: 'b' }] }),
      account: '999999999999',
    };
    expect(readOne(event)).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
  });

  it('without one, the finding itself is tracked, and never acted upon', () => {
    for (const Resources of [undefined, [], [{}], [{ Id: ' ' }]])
      expect(read({ Resources })).toMatchObject({
        resourceType: 'check',
        resource: expect.stringMatching(/^check\/.*CloudTrail\.2\/finding\//),
      });
  });

  it('in another partition is built in it', () => {
    const Resources = [{ Type: 'AwsEc2Volume', Id: 'vol-1', Region: 'cn-north-1' }];
    expect(read({ Resources }).resource).toBe('arn:aws-cn:ec2:cn-north-1:123456789012:volume/vol-1');
  });
});

describe('several', () => {
  it('findings and resources are as many findings, and one that cannot be read loses no other', () => {
    const two = [
      { Type: 'AwsS3Bucket', Id: 'one' },
      { Type: 'AwsS3Bucket', Id: 'two' },
    ];
    const event = withFinding(CONTROL, { Resources: two }, { AwsAccountId: 'mine' }, { Id: 'other' });
    const readings = readingsOf(event);
    expect(readings).toHaveLength(4);
    expect(readings.slice(0, 2).map((each) => each().resource)).toEqual([
      'arn:aws:s3:::one',
      'arn:aws:s3:::two',
    ]);
    expect(errorOf(() => readings[2]?.()).code).toBe('EVENT_INCOMPLETE');
    expect(readings[3]?.().sourceFindingId).toBe('other');
  });

  it.each([[undefined], [[]], [null], ['text'], [[null]], [{}]])(
    'findings %j: EVENT_INCOMPLETE',
    (findings) => {
      const readings = readingsOf(withDetail(CONTROL, { findings }));
      expect(readings).toHaveLength(1);
      expect(errorOf(() => readings[0]?.()).code).toBe('EVENT_INCOMPLETE');
    },
  );
});

it('the rule of AWS Config behind a control is told, and nothing else that is related', () => {
  const rule = (type: string, name: unknown = 'securityhub-x-1a2b3c4d') =>
    read({ ProductFields: { 'RelatedAWSResources:0/name': name, 'RelatedAWSResources:0/type': type } }).detail
      .ConfigRule;
  expect(rule('AWS::Config::ConfigRule')).toBe('securityhub-x-1a2b3c4d');
  expect(rule('AWS::Config::ConfigRule', 7)).toBeUndefined();
  expect(rule('AWS::Lambda::Function')).toBeUndefined();
  expect(read({ ProductFields: undefined }).detail.ConfigRule).toBeUndefined();
});

describe("other products' findings", () => {
  const GUARDDUTY = {
    ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/guardduty',
    GeneratorId: 'arn:aws:guardduty:us-east-1:123456789012:detector/1',
    Types: ['TTPs/Command and Control/Backdoor:EC2-C&CActivity.B!DNS'],
    Title: 'Command and Control server domain name queried by EC2 instance i-0a.',
    Compliance: undefined,
    Severity: { Label: 'HIGH' },
  };

  it("AWS's are their type, since their titles name the resource", () => {
    expect(read(GUARDDUTY)).toMatchObject({ checkName: 'Backdoor:EC2-C&CActivity.B!DNS', status: 'Red' });
  });

  it("anybody else's are the rule that found them, and their title is another name", () => {
    const other = {
      ...GUARDDUTY,
      ProductArn: 'arn:aws:securityhub:us-east-1::product/prowler/prowler',
      GeneratorId: 'prowler-ec2_open_port',
    };
    expect(read(other)).toMatchObject({
      checkName: 'prowler-ec2_open_port',
      checkAliases: [GUARDDUTY.Title],
    });
  });
});

it('two events are ordered by when Security Hub told them: suppressing leaves UpdatedAt as it was', () => {
  const suppressed = {
    ...withFinding(CONTROL, { Workflow: { Status: 'SUPPRESSED' } }),
    time: '2025-06-01T00:00:00Z',
  };
  const [before] = readAll(sampleEvent(CONTROL));
  const [after] = readAll(suppressed);
  expect(after?.observedAt).toEqual(before?.observedAt);
  expect(Number(after?.orderedAt)).toBeGreaterThan(Number(before?.orderedAt));
});
