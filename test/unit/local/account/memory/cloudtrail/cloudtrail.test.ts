import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../../local/service.ts';
import { ACCOUNT_ID, accountFixture } from '../../account.fixture.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const CLOUDTRAIL = { Service: 'cloudtrail.amazonaws.com' };
const ALLOWED = [
  { Effect: 'Allow', Principal: CLOUDTRAIL, Action: 's3:GetBucketAcl', Resource: 'arn:aws:s3:::logs' },
  { Effect: 'Allow', Principal: CLOUDTRAIL, Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/AWSLogs/*' },
];

async function fixture(Statement: readonly object[] = ALLOWED) {
  const { account, clock } = accountFixture();
  const on =
    (service: string) =>
    (operation: string, input: JsonObject = {}, region = 'us-east-1') =>
      account.call({ service, operation, input, region });
  const [cloudtrail, s3, kms] = [on('cloudtrail'), on('s3'), on('kms')];
  await s3('CreateBucket', { Bucket: 'logs' });
  await s3('PutBucketPolicy', { Bucket: 'logs', Policy: JSON.stringify({ Statement }) });
  const create = (input: JsonObject = {}, region?: string) =>
    cloudtrail('CreateTrail', { Name: 'trail', S3BucketName: 'logs', ...input }, region);
  return { cloudtrail, s3, kms, create, clock };
}

describe('CreateTrail', () => {
  it.each([
    ['nothing more', []],
    ['a denial of something else', [{ ...ALLOWED[1], Effect: 'Deny', Principal: '*', Action: 's3:Delete*' }]],
  ])('takes a bucket whose policy has %s', async (_what, more) => {
    const { create } = await fixture([...ALLOWED, ...more]);
    expect(await create()).toMatchObject({ Name: 'trail', S3BucketName: 'logs' });
  });

  it.each([
    ['no GetBucketAcl', [ALLOWED[1]]],
    ['no PutObject', [ALLOWED[0]]],
    [
      'another trail in mind',
      ALLOWED.map((each) => ({
        ...each,
        Condition: {
          StringEquals: { 'aws:SourceArn': `arn:aws:cloudtrail:us-east-1:${ACCOUNT_ID}:trail/other` },
        },
      })),
    ],
    [
      'another account in mind',
      [ALLOWED[0], { ...ALLOWED[1], Resource: 'arn:aws:s3:::logs/AWSLogs/999999999999/*' }],
    ],
    ['a denial', [...ALLOWED, { ...ALLOWED[1], Effect: 'Deny' }]],
  ])('refuses a bucket whose policy has %s', async (_what, statements) => {
    const { create } = await fixture(statements.filter((each) => each !== undefined));
    await expect(create()).rejects.toEqual(code('InsufficientS3BucketPolicyException'));
  });

  it.each([
    [{ IsOrganizationTrail: true }, 'OrganizationsNotInUseException'],
    [{ S3KeyPrefix: 'x'.repeat(201) }, 'InvalidS3PrefixException'],
    [{ SnsTopicName: 'not a topic' }, 'InvalidSnsTopicNameException'],
    [{ CloudWatchLogsLogGroupArn: 'group' }, 'InvalidCloudWatchLogsLogGroupArnException'],
    [
      { CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${ACCOUNT_ID}:log-group:group:*` },
      'InvalidCloudWatchLogsRoleArnException',
    ],
    [{ TagsList: [{ Key: 'a' }, { Key: 'a' }] }, 'InvalidTagParameterException'],
    [{ MultiRegion: true }, 'InvalidParameterException'],
  ])('refuses %j', async (input, expected) => {
    const { create, cloudtrail } = await fixture();
    await expect(create(input)).rejects.toEqual(code(expected));
    expect((await cloudtrail('ListTrails')).Trails).toEqual([]);
  });

  it('makes five trails a region', async () => {
    const { create } = await fixture();
    for (const n of [1, 2, 3, 4, 5]) await create({ Name: `trail-${n}` });
    await expect(create({ Name: 'trail-6' })).rejects.toEqual(code('MaximumNumberOfTrailsExceededException'));
    await create({ Name: 'trail-6' }, 'eu-west-1');
  });
});

describe('a trail', () => {
  it('starts to log only where it may write still', async () => {
    const { create, cloudtrail, s3 } = await fixture();
    await create();
    await s3('DeleteBucketPolicy', { Bucket: 'logs' });
    const starting = cloudtrail('StartLogging', { Name: 'trail' });
    await expect(starting).rejects.toEqual(code('InsufficientS3BucketPolicyException'));
    expect(await cloudtrail('GetTrailStatus', { Name: 'trail' })).toMatchObject({ IsLogging: false });
  });

  it('tells since when it logs, however often it is started', async () => {
    const { create, cloudtrail, clock } = await fixture();
    await create();
    await cloudtrail('StartLogging', { Name: 'trail' });
    clock.advance(60_000);
    await cloudtrail('StartLogging', { Name: 'trail' });
    expect(await cloudtrail('GetTrailStatus', { Name: 'trail' })).toMatchObject({
      StartLoggingTime: new Date('2026-01-02T03:04:05.678Z'),
      TimeLoggingStarted: '2026-01-02T03:04:05Z',
    });
  });

  it('loses a setting that is set to nothing', async () => {
    const { create, cloudtrail } = await fixture();
    expect(await create({ SnsTopicName: 'topic' })).toMatchObject({
      SnsTopicName: 'topic',
      SnsTopicARN: `arn:aws:sns:us-east-1:${ACCOUNT_ID}:topic`,
    });
    expect(await cloudtrail('UpdateTrail', { Name: 'trail', SnsTopicName: '' })).not.toHaveProperty(
      'SnsTopicARN',
    );
  });

  it('is found from every region by name and ARN, and keeps its home', async () => {
    const { create, cloudtrail } = await fixture();
    const { TrailARN } = await create();
    for (const Name of ['trail', TrailARN]) {
      const { Trail } = await cloudtrail('GetTrail', { Name }, 'eu-west-1');
      expect(Trail).toMatchObject({ HomeRegion: 'us-east-1', TrailARN });
    }
    const wrong = cloudtrail('GetTrail', { Name: 'arn:aws:s3:::logs' });
    await expect(wrong).rejects.toEqual(code('CloudTrailARNInvalidException'));
  });

  it.each([
    ['disabled', 'DisableKey', 'KmsKeyDisabledException'],
    ['to be deleted', 'ScheduleKeyDeletion', 'KmsKeyDisabledException'],
  ])('takes no key that is %s', async (_what, operation, expected) => {
    const { create, kms } = await fixture();
    const { KeyMetadata } = await kms('CreateKey');
    const { KeyId } = KeyMetadata as JsonObject;
    await kms(operation, { KeyId });
    await expect(create({ KmsKeyId: KeyId })).rejects.toEqual(code(expected));
  });

  it('keeps advanced event selectors in place of the others', async () => {
    const { create, cloudtrail } = await fixture();
    await create();
    const put = (input: JsonObject) => cloudtrail('PutEventSelectors', { TrailName: 'trail', ...input });
    const field = { Field: 'eventCategory', Equals: ['Management'] };
    const AdvancedEventSelectors = [{ Name: 'management', FieldSelectors: [field] }];
    await put({ AdvancedEventSelectors });
    const found = await cloudtrail('GetEventSelectors', { TrailName: 'trail' });
    expect(found.AdvancedEventSelectors).toEqual(AdvancedEventSelectors);
    expect(found).not.toHaveProperty('EventSelectors');
    await expect(put({ AdvancedEventSelectors, EventSelectors: [{}] })).rejects.toEqual(
      code('InvalidEventSelectorsException'),
    );
    const other = { FieldSelectors: [{ Field: 'readOnly', Equals: ['true'] }] };
    await expect(put({ AdvancedEventSelectors: [other] })).rejects.toEqual(
      code('InvalidEventSelectorsException'),
    );
  });

  it.each([
    ['arn:aws:cloudtrail:us-east-1:012345678901:trail/none', 'ResourceNotFoundException'],
    ['trail', 'CloudTrailARNInvalidException'],
  ])('is not tagged as %s', async (ResourceId, expected) => {
    const { create, cloudtrail } = await fixture();
    await create();
    const tagging = cloudtrail('AddTags', { ResourceId, TagsList: [{ Key: 'a', Value: '1' }] });
    await expect(tagging).rejects.toEqual(code(expected));
  });
});
