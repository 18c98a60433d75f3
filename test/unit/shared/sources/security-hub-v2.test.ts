import { describe, expect, it } from 'vitest';
import { mappingKeysOf } from '../../../../shared/domain/mapping.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { sampleEvent } from '../../../helpers/records.ts';
import { readOne, withFinding } from '../../../helpers/source-events.ts';

const COMPLIANCE = 'securityhub-v2-compliance';
const DETECTION = 'securityhub-v2-detection';
const [SAID] = sampleEvent(COMPLIANCE).detail.findings as readonly [{ finding_info: object }];

const read = (changes: Readonly<Record<string, unknown>>, name = COMPLIANCE) =>
  readOne(withFinding(name, changes));

describe('a compliance finding', () => {
  it('is the control at its resource, by the ARN that stands beside the ID', () => {
    expect(readOne(sampleEvent(COMPLIANCE))).toEqual({
      source: 'aws.securityhub',
      sourceFindingId:
        'arn:aws:securityhub:ap-northeast-1:111122223333:security-control/S3.1/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
      checkName: 'S3 general purpose buckets should block public read access',
      checkId: 'S3.1',
      account: '111122223333',
      region: 'ap-northeast-1',
      resource: 'arn:aws:s3:::my-public-bucket',
      resourceType: 's3',
      status: 'Red',
      severity: 'High',
      observedAt: new Date('2025-05-25T10:00:00.000Z'),
      orderedAt: new Date('2025-05-25T10:00:09.000Z'),
      detail: expect.objectContaining({
        control: 'S3.1',
        ConfigRule: 'securityhub-s3-bucket-public-read-prohibited-a1b2c3d4',
        resourceUid: 'my-public-bucket',
        status: 'New',
      }),
    });
  });

  it.each([
    [{ compliance: { status: 'Pass' } }, 'Green', undefined],
    [{ compliance: { status: 'FAIL' } }, 'Red', undefined],
    [{ compliance: { status: 'Warning' } }, 'Yellow', undefined],
    [{ compliance: { status: 'Unknown' } }, 'Green', 'NOT_AVAILABLE'],
    [{ status: 'Suppressed' }, 'Green', 'SUPPRESSED'],
    [{ status: 'Resolved' }, 'Green', 'RESOLVED'],
    [{ status: 'Archived' }, 'Green', 'ARCHIVED'],
    [{ status: 'In Progress' }, 'Red', undefined],
    [{ activity_id: 3 }, 'Green', 'CLOSED'],
  ])('%j is %s (%s)', (changes, status, reason) => {
    const finding = read(changes);
    expect([finding.status, finding.statusReason?.split(':')[0]]).toEqual([status, reason]);
  });

  it.each([
    [{ compliance: { status: 'Perhaps' } }, 'Perhaps'],
    [{ cloud: {}, resources: [{ uid: 'x' }] }, 'account'],
    [{ finding_info: { title: 'x' } }, 'finding_info.uid'],
    [{ compliance: undefined, severity: undefined, severity_id: undefined }, 'severity'],
    [{ compliance: undefined, finding_info: { uid: 'x' } }, 'finding_info.title'],
  ])('%j: EVENT_INCOMPLETE', (changes, named) => {
    expect(errorOf(() => read(changes))).toMatchObject({
      code: 'EVENT_INCOMPLETE',
      message: expect.stringContaining(named),
    });
  });
});

describe('a detection finding', () => {
  it('is its type; suppressed, it is Green and says so', () => {
    expect(readOne(sampleEvent(DETECTION))).toMatchObject({
      checkName: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
      checkAliases: ['An AWS CloudTrail trail was disabled.'],
      resource: 'ASIAEXAMPLE',
      resourceType: 'AWS::IAM::AccessKey',
      status: 'Green',
      statusReason: expect.stringMatching(/^SUPPRESSED/),
    });
  });

  it.each([
    ['Critical', 'Red'],
    ['High', 'Red'],
    ['Medium', 'Yellow'],
    ['Low', 'Yellow'],
    ['Unknown', 'Yellow'],
    ['Informational', 'Green'],
  ])('of severity %s is %s', (severity, status) => {
    expect(read({ status: 'New', severity }, DETECTION).status).toBe(status);
  });

  it('a type that only says what kind of thing it is counts less than the type itself', () => {
    const types = ['Threats', 'Execution:Runtime/NewBinaryExecuted'];
    const finding = read({ finding_info: { ...SAID.finding_info, types } }, DETECTION);
    expect(finding.checkName).toBe('Execution:Runtime/NewBinaryExecuted');
  });

  it('a vulnerability is found under its CVE first', () => {
    const finding_info = {
      ...SAID.finding_info,
      title: 'CVE-2024-29069 - snapd',
      types: ['Software and Configuration Checks/Vulnerabilities/CVE', 'Vulnerabilities'],
    };
    const vulnerabilities = [{ cve: { uid: 'CVE-2024-29069' } }];
    const keys = mappingKeysOf(read({ finding_info, vulnerabilities }, DETECTION));
    expect(keys.slice(0, 3)).toEqual(['CVE-2024-29069', 'CVE-2024-29069 - snapd', 'CVE']);
  });

  it("a resource's owner is the account, then the cloud's", () => {
    const instance = { type: 'AWS::EC2::Instance', uid: 'i-0a', region: 'us-east-1' };
    const owned = { ...instance, owner: { account: { uid: '999999999999' } } };
    expect(read({ resources: [owned] }, DETECTION).resource).toBe(
      'arn:aws:ec2:us-east-1:999999999999:instance/i-0a',
    );
    expect(read({ resources: [instance] }, DETECTION).account).toBe('123456789012');
  });

  it('an ARN of something else beside the ID is not taken for the resource', () => {
    const other = { type: 'AWS::S3::Object', uid: 'path/to/object', uid_alt: 'arn:aws:s3:::bucket' };
    expect(read({ resources: [other] }, DETECTION)).toMatchObject({
      resource: 'path/to/object',
      resourceType: 'AWS::S3::Object',
    });
  });
});

it('what both Security Hubs tell of one finding is one finding', () => {
  const uid = SAID.finding_info;
  expect(readOne(sampleEvent(COMPLIANCE)).sourceFindingId).toBe((uid as { uid: string }).uid);
});
