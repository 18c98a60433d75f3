import { describe, expect, it } from 'vitest';
import { mappingKeysOf } from '../../../../shared/domain/mapping.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { sampleEvent } from '../../../helpers/records.ts';
import { readAll, readOne, withDetail } from '../../../helpers/source-events.ts';

const said = (finding: { status: string; statusReason?: string }) => [
  finding.status,
  finding.statusReason?.split(':')[0],
];
const incomplete = (event: unknown, named: string) =>
  expect(errorOf(() => readOne(event))).toMatchObject({
    code: 'EVENT_INCOMPLETE',
    message: expect.stringContaining(named),
  });

describe('Inspector', () => {
  const read = (changes: Readonly<Record<string, unknown>>) =>
    readOne(withDetail('inspector-network', changes));

  it('a package that was mended is Green, of its type, and found under its CVE first', () => {
    const finding = readOne(sampleEvent('inspector-package'));
    expect(finding).toMatchObject({
      source: 'aws.inspector2',
      sourceFindingId: 'arn:aws:inspector2:eu-central-1:123456789012:finding/FINDING_ID',
      checkName: 'PACKAGE_VULNERABILITY',
      account: '123456789012',
      region: 'eu-central-1',
      resource: 'arn:aws:ec2:eu-central-1:123456789012:instance/i-12345678901234567',
      status: 'Green',
      severity: 'MEDIUM',
      observedAt: new Date('2024-09-04T17:00:36.951Z'),
      orderedAt: new Date('2024-09-04T17:00:36.000Z'),
      detail: expect.objectContaining({ vulnerabilityId: 'CVE-2024-29069', exploitAvailable: 'NO' }),
    });
    expect(mappingKeysOf(finding).slice(0, 3)).toEqual([
      'CVE-2024-29069',
      'CVE-2024-29069 - snapd',
      'PACKAGE_VULNERABILITY',
    ]);
  });

  it.each([
    [{}, 'Yellow', undefined],
    [{ severity: 'CRITICAL' }, 'Red', undefined],
    [{ severity: 'HIGH' }, 'Red', undefined],
    [{ severity: 'UNTRIAGED' }, 'Yellow', undefined],
    [{ severity: 'INFORMATIONAL' }, 'Green', 'INFORMATIONAL'],
    [{ status: 'SUPPRESSED' }, 'Green', 'SUPPRESSED'],
    [{ status: 'CLOSED', severity: undefined }, 'Green', undefined],
  ])('%j is %s (%s)', (changes, status, reason) => {
    expect(said(read(changes))).toEqual([status, reason]);
  });

  it.each([
    ['Dec 3, 2021, 6:02:30 PM', '2021-12-03T18:02:30.000Z'],
    ['Dec 3, 2021, 12:02:30 AM', '2021-12-03T00:02:30.000Z'],
    ['Thu Sep 05 13:06:56.334 UTC 2024', '2024-09-05T13:06:56.334Z'],
    ['Thu Foo 05 13:06:56.334 UTC 2024', '2024-09-05T13:06:56.000Z'],
    [undefined, '2024-09-05T13:06:56.334Z'],
  ])('updatedAt %s is %s', (updatedAt, expected) => {
    expect(read({ updatedAt }).observedAt).toEqual(new Date(expected));
  });

  it('each resource is a finding; an image and a function are their ARNs', () => {
    const image = 'arn:aws:ecr:eu-central-1:123456789012:repository/inspector2/sha256:84f5';
    const lambda = 'arn:aws:lambda:eu-central-1:123456789012:function:Vulnerable:$LATEST';
    const resources = [
      { id: image, type: 'AWS_ECR_CONTAINER_IMAGE' },
      { id: lambda, type: 'AWS_LAMBDA_FUNCTION' },
    ];
    const findings = readAll(withDetail('inspector-network', { resources }));
    expect(findings.map(({ resource, resourceType }) => [resource, resourceType])).toEqual([
      [image, 'ecr:repository'],
      [lambda, 'lambda:function'],
    ]);
  });

  it('without a resource, the finding itself is tracked', () => {
    expect(read({ resources: [] })).toMatchObject({ resourceType: 'check' });
  });

  it.each([
    [{ status: 'OPEN' }, 'OPEN'],
    [{ severity: 'BAD' }, 'BAD'],
    [{ findingArn: undefined }, 'findingArn'],
    [{ awsAccountId: 'mine' }, 'awsAccountId'],
  ])('%j: EVENT_INCOMPLETE', (changes, named) => {
    incomplete(withDetail('inspector-network', changes), named);
  });
});

describe('Macie', () => {
  const NAME = 'macie-policy';
  const read = (changes: Readonly<Record<string, unknown>>) => readOne(withDetail(NAME, changes));

  it('is the bucket, in the account that the finding is of', () => {
    expect(readOne({ ...sampleEvent(NAME), account: '999999999999' })).toMatchObject({
      source: 'aws.macie',
      sourceFindingId: '64b917aa-3843-014c-91d8-937ffexample',
      checkName: 'Policy:IAMUser/S3BucketEncryptionDisabled',
      account: '123456789012',
      resource: 'arn:aws:s3:::amzn-s3-demo-bucket1',
      status: 'Yellow',
      severity: 'Low',
      observedAt: new Date('2021-04-29T23:12:15Z'),
      detail: expect.objectContaining({ bucketName: 'amzn-s3-demo-bucket1', count: '2' }),
    });
  });

  it.each([
    [{ severity: { description: 'High' } }, 'Red', undefined],
    [{ severity: { score: 3 } }, 'Red', undefined],
    [{ severity: { score: 2 } }, 'Yellow', undefined],
    [{ archived: true }, 'Green', 'ARCHIVED'],
  ])('%j is %s (%s)', (changes, status, reason) => {
    expect(said(read(changes))).toEqual([status, reason]);
  });

  it('an object is a detail, and its bucket the resource', () => {
    const s3Object = { key: 'a/b.csv', path: 'logs/a/b.csv' };
    const finding = read({ resourcesAffected: { s3Bucket: { name: 'logs' }, s3Object } });
    expect(finding).toMatchObject({ resource: 'arn:aws:s3:::logs', detail: { objectKey: 'a/b.csv' } });
  });

  it.each([
    [{ severity: {} }, 'severity'],
    [{ id: '' }, 'id'],
    [{ type: undefined }, 'type'],
  ])('%j: EVENT_INCOMPLETE', (changes, named) => {
    incomplete(withDetail(NAME, changes), named);
  });
});

describe('IAM Access Analyzer', () => {
  const EXTERNAL = 'access-analyzer-external';
  const read = (changes: Readonly<Record<string, unknown>>) => readOne(withDetail(EXTERNAL, changes));

  it.each([
    [EXTERNAL, 'ExternalAccess', 'Red', 'arn:aws:s3:::my-bucket'],
    ['access-analyzer-internal', 'InternalAccess', 'Yellow', 'arn:aws:s3:::critical-data'],
    [
      'access-analyzer-unused',
      'UnusedPermission',
      'Yellow',
      'arn:aws:iam::111122223333:role/FindingIntegTestFakeRole',
    ],
  ])('%s is %s at its resource', (name, checkName, status, resource) => {
    const finding = readOne(sampleEvent(name));
    expect(finding).toMatchObject({ checkName, status, resource, account: '111122223333' });
    expect(finding.sourceFindingId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('a row for one type of resources comes before one for all', () => {
    expect(mappingKeysOf(readOne(sampleEvent(EXTERNAL))).slice(0, 2)).toEqual([
      'ExternalAccess AWS::S3::Bucket',
      'ExternalAccess',
    ]);
  });

  it.each([
    [{ status: 'ARCHIVED' }, 'Green', 'ARCHIVED'],
    [{ status: 'RESOLVED' }, 'Green', undefined],
    [{ isDeleted: true }, 'Green', 'DELETED'],
  ])('%j is %s (%s)', (changes, status, reason) => {
    expect(said(read(changes))).toEqual([status, reason]);
  });

  it('a resource that could not be analyzed is another check: nothing is known of its access', () => {
    expect(read({ error: 'ACCESS_DENIED' })).toMatchObject({
      checkName: 'AccessAnalyzerError',
      status: 'Yellow',
    });
  });

  it("a role is the owner's, whatever account the finding names", () => {
    const resource = 'arn:aws:iam::123456789012:role/TestRole';
    const role = read({ resource, resourceType: 'AWS::IAM::Role', accountId: '444455556666' });
    expect(role.account).toBe('123456789012');
  });

  it.each([
    [{ status: 'NEW' }, 'NEW'],
    [{ id: undefined }, 'id'],
    [{ resource: '' }, 'resource'],
    [{ accountId: undefined }, 'accountId'],
  ])('%j: EVENT_INCOMPLETE', (changes, named) => {
    incomplete(withDetail(EXTERNAL, changes), named);
  });
});
