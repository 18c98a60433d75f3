import { describe, expect, it } from 'vitest';
import { mappingKeysOf } from '../../../../shared/domain/mapping.ts';
import { sampleEvent } from '../../../helpers/records.ts';
import { readOne, withDetail } from '../../../helpers/source-events.ts';

// What the sources that were there first have learned with the others.

const said = (finding: { status: string; statusReason?: string }) => [
  finding.status,
  finding.statusReason?.split(':')[0],
];

describe('AWS Config', () => {
  it('says why it is Green, and keeps keys that nobody knows', () => {
    const name = 'config-rule-compliance-change';
    const { newEvaluationResult } = sampleEvent(name).detail;
    const result = { ...(newEvaluationResult as object), complianceType: 'NOT_APPLICABLE' };
    const finding = readOne(withDetail(name, { newEvaluationResult: result, someday: { more: 1 } }));
    expect(said(finding)).toEqual(['Green', 'NOT_APPLICABLE']);
    expect(finding.detail).toMatchObject({ someday: '{"more":1}', complianceType: 'NOT_APPLICABLE' });
  });
});

describe('GuardDuty', () => {
  const arn = 'arn:aws:lambda:us-east-1:883606788610:function:f';
  it.each([
    [{ lambdaDetails: { functionArn: arn } }, arn],
    [
      { rdsDbInstanceDetails: { dbInstanceArn: 'arn:aws:rds:us-east-1:883606788610:db:d' } },
      'arn:aws:rds:us-east-1:883606788610:db:d',
    ],
    [
      { eksClusterDetails: { arn: 'arn:aws:eks:us-east-1:883606788610:cluster/c' } },
      'arn:aws:eks:us-east-1:883606788610:cluster/c',
    ],
  ])('%j is %s', (resource, expected) => {
    expect(readOne(withDetail('guardduty-ec2', { resource })).resource).toBe(expected);
  });

  it('archived says so, and keys that nobody knows are kept', () => {
    const finding = readOne(withDetail('guardduty-ec2', { service: { archived: true }, someday: 'x' }));
    expect(said(finding)).toEqual(['Green', 'ARCHIVED']);
    expect(finding.detail.someday).toBe('x');
  });
});

describe('Trusted Advisor', () => {
  const NAME = 'ta-s3-bucket-versioning';

  it.each([
    ['Amazon S3 Bucket Versioning', 'R365s2Qddf'],
    ['Security Groups – Unrestricted Access', '1iG5NDGVre'],
    ['Load Balancer Optimization ', 'iqdCTZKCUp'],
    ['A check of next year', undefined],
  ])('%s has the ID %s', (checkName, id) => {
    const finding = readOne(withDetail(NAME, { 'check-name': checkName }));
    expect(finding.checkId).toBe(id);
    expect(mappingKeysOf(finding)).toEqual(expect.arrayContaining([checkName.trim(), ...(id ? [id] : [])]));
  });

  it("a resource is in the region of its ARN, whatever the item's, and in the event's account", () => {
    const resource_id = 'arn:aws:ec2:eu-west-1:210987654321:volume/vol-1';
    const event = withDetail(NAME, { resource_id });
    expect(readOne(event)).toMatchObject({ account: event.account, region: 'eu-west-1' });
  });

  it('keys beside the item are kept', () => {
    expect(readOne(withDetail(NAME, { someday: 1 })).detail).toMatchObject({
      someday: '1',
      Versioning: 'Not enabled',
    });
  });
});
