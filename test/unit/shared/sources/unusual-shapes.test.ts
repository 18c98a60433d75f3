import { describe, expect, it } from 'vitest';
import { readingsOf } from '../../../../shared/sources/registry.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { sampleEvent } from '../../../helpers/records.ts';
import { readAll, readOne, withDetail, withFinding } from '../../../helpers/source-events.ts';

// Shapes that services, their test events and other people's tools send, and that no page of AWS's shows.

const said = (finding: { status: string; statusReason?: string }) => [
  finding.status,
  finding.statusReason?.split(':')[0],
];

describe('GuardDuty', () => {
  const NAME = 'guardduty-ec2';
  const ACCOUNT = '883606788610';
  const read = (changes: Readonly<Record<string, unknown>>) => readAll(withDetail(NAME, changes));
  const of = (resource: unknown) =>
    read({ resource, accountId: ACCOUNT }).map((finding) => [finding.resource, finding.resourceType]);

  it('each bucket of a finding is one: which of them is meant is not said', () => {
    const s3BucketDetails = [
      { arn: 'arn:aws:s3:::one', name: 'one' },
      { name: 'two' },
      { arn: 'arn:aws:s3:::one' },
    ];
    const accessKeyDetails = { accessKeyId: 'ASIAEXAMPLE', userName: 'alice' };
    expect(of({ resourceType: 'S3Bucket', accessKeyDetails, s3BucketDetails })).toEqual([
      ['arn:aws:s3:::one', 's3'],
      ['arn:aws:s3:::two', 's3'],
    ]);
  });

  it('so is each volume that was scanned, where no instance is named', () => {
    const arn = (id: string) => `arn:aws:ec2:us-east-1:${ACCOUNT}:volume/${id}`;
    const ebsVolumeDetails = {
      scannedVolumeDetails: [{ volumeArn: arn('vol-1') }, { volumeArn: arn('vol-2') }],
      skippedVolumeDetails: [{ volumeArn: arn('vol-3') }],
    };
    expect(of({ resourceType: 'EBSVolume', ebsVolumeDetails })).toEqual([
      [arn('vol-1'), 'ec2:volume'],
      [arn('vol-2'), 'ec2:volume'],
    ]);
    expect(of({ instanceDetails: { instanceId: 'i-0a' }, ebsVolumeDetails })).toHaveLength(1);
  });

  it.each([
    [{ eksClusterDetails: { name: 'prod' } }, `arn:aws:eks:us-east-1:${ACCOUNT}:cluster/prod`],
    [{ ecsClusterDetails: { name: 'prod' } }, `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/prod`],
    [{ lambdaDetails: { functionName: 'f' } }, `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f`],
    [{ rdsDbInstanceDetails: { dbInstanceIdentifier: 'db' } }, 'db'],
    [
      { rdsLimitlessDbDetails: { dbShardGroupArn: `arn:aws:rds:us-east-1:${ACCOUNT}:shard-group:s` } },
      `arn:aws:rds:us-east-1:${ACCOUNT}:shard-group:s`,
    ],
  ])('%j is %s', (resource, arn) => {
    expect(of(resource).map(([each]) => each)).toEqual([arn]);
  });

  it.each([
    ['a sequence of attacks', { resource: { resourceType: 'AttackSequence' } }],
    ['no resource', { resource: undefined }],
    ['a resource of a shape that nobody knows', { resource: { s3BucketDetails: { name: 'b' } } }],
  ])('%s is the finding itself, told to people', (_what, changes) => {
    const [finding] = read(changes);
    expect(finding).toMatchObject({
      resourceType: 'check',
      resource: expect.stringMatching(/^check\/Backdoor:/),
    });
  });

  it('neither an ID nor what the service says of it is wanted', () => {
    const [finding] = read({ id: undefined, service: null, resource: undefined });
    expect(finding).toMatchObject({ status: 'Yellow', resource: 'check/Backdoor:EC2/C&CActivity.B!DNS' });
  });
});

describe('AWS Config', () => {
  const NAME = 'config-rule-compliance-change';

  it('names rule and resource in the result alone', () => {
    const { newEvaluationResult } = sampleEvent(NAME).detail;
    const result = {
      ...(newEvaluationResult as object),
      evaluationResultIdentifier: {
        evaluationResultQualifier: {
          configRuleName: 'restricted-ssh',
          resourceType: 'AWS::EC2::SecurityGroup',
          resourceId: 'sg-1',
        },
      },
    };
    const bare = { configRuleName: undefined, resourceId: undefined, resourceType: undefined };
    expect(readOne(withDetail(NAME, { ...bare, newEvaluationResult: result }))).toMatchObject({
      checkName: 'restricted-ssh',
      resource: 'arn:aws:ec2:ap-southeast-2:123456789012:security-group/sg-1',
    });
    const { complianceType } = newEvaluationResult as { complianceType: string };
    const none = withDetail(NAME, { ...bare, newEvaluationResult: { complianceType } });
    expect(errorOf(() => readOne(none))).toMatchObject({
      code: 'EVENT_INCOMPLETE',
      message: expect.stringContaining('configRuleName'),
    });
  });
});

describe('Security Hub (OCSF), where numbers stand alone', () => {
  const read = (changes: Readonly<Record<string, unknown>>) =>
    readOne(withFinding('securityhub-v2-compliance', changes));

  it.each([
    [{ status: undefined, status_id: 3 }, 'Green', 'SUPPRESSED'],
    [{ status: undefined, status_id: 4 }, 'Green', 'RESOLVED'],
    [{ status: undefined, status_id: 5 }, 'Green', 'ARCHIVED'],
    [{ status: undefined, status_id: 6 }, 'Green', 'DELETED'],
    [{ status: undefined, status_id: 2 }, 'Red', undefined],
    [{ compliance: { status_id: 1 } }, 'Green', undefined],
    [{ compliance: { status_id: 2 } }, 'Yellow', undefined],
    [{ compliance: { status_id: 3 } }, 'Red', undefined],
    [{ compliance: { status_id: 0 } }, 'Green', 'NOT_AVAILABLE'],
    [{ compliance: undefined, severity: undefined, severity_id: 5 }, 'Red', undefined],
    [{ compliance: undefined, severity: undefined, severity_id: 2 }, 'Yellow', undefined],
    [{ compliance: undefined, severity: undefined, severity_id: 1 }, 'Green', 'INFORMATIONAL'],
    // The word counts: the number beside it is for machines that do not read it.
    [{ status: 'New', status_id: 99 }, 'Red', undefined],
  ])('%j is %s (%s)', (changes, status, reason) => {
    expect(said(read(changes))).toEqual([status, reason]);
  });

  it('the account is that of the ARN, where nothing else names one', () => {
    const uid = 'arn:aws:ec2:us-east-1:111122223333:instance/i-0a';
    expect(read({ cloud: undefined, resources: [{ uid }] })).toMatchObject({
      account: '111122223333',
      resource: uid,
    });
  });
});

describe('CloudWatch alarms', () => {
  const NAME = 'cloudwatch-alarm-state-change';

  it.each([[null], ['text'], [{ metrics: null }], [{ metrics: [{ metricStat: 'new' }] }]])(
    'with the configuration %j it is the alarm itself',
    (configuration) => {
      expect(readOne(withDetail(NAME, { configuration }))).toMatchObject({
        status: 'Red',
        resourceType: 'cloudwatch:alarm',
      });
    },
  );

  it.each([
    [{ AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a' }, '111122223333', 'eu-west-1'],
    [{}, '444455556666', 'eu-north-1'],
  ])('SNS message %j without AWSAccountId is of %s', (more, account, region) => {
    const Message = JSON.stringify({ AlarmName: 'a', NewStateValue: 'ALARM', ...more });
    const Sns = {
      Message,
      TopicArn: 'arn:aws:sns:eu-north-1:444455556666:t',
      Timestamp: '2026-04-23T10:00:00Z',
    };
    const [read] = readingsOf({ Records: [{ EventSource: 'aws:sns', Sns }] });
    expect(read?.()).toMatchObject({
      account,
      region,
      resource: `arn:aws:cloudwatch:${region}:${account}:alarm:a`,
    });
  });
});

describe('Trusted Advisor', () => {
  const NAME = 'ta-s3-bucket-versioning';
  const item = sampleEvent(NAME).detail['check-item-detail'] as object;

  it.each([
    ['error', 'OK', 'Red', undefined],
    ['Warning', 'OK', 'Yellow', undefined],
    ['0', 'OK', 'Green', undefined],
    [undefined, 'WARNING', 'Yellow', undefined],
    [undefined, 'NOT_AVAILABLE', 'Green', 'NOT_AVAILABLE'],
  ])('an item %s of a check %s is %s (%s)', (Status, status, expected, reason) => {
    const finding = readOne(withDetail(NAME, { status, 'check-item-detail': { ...item, Status } }));
    expect(said(finding)).toEqual([expected, reason]);
  });
});

it("Macie: without an account of its own a finding is in the event's", () => {
  const event = { ...withDetail('macie-policy', { accountId: undefined }), account: '999999999999' };
  expect(readOne(event)).toMatchObject({
    account: '999999999999',
    resource: 'arn:aws:s3:::amzn-s3-demo-bucket1',
  });
});

it('IAM Access Analyzer: without a type, the resource is what its ARN says', () => {
  const finding = readOne(withDetail('access-analyzer-external', { resourceType: undefined }));
  expect(finding).toMatchObject({ resource: 'arn:aws:s3:::my-bucket', resourceType: 's3' });
  expect(finding.checkAliases).toBeUndefined();
});
