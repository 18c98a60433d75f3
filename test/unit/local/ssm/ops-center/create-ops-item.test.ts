import { describe, expect, it } from 'vitest';
import { ACCOUNT, dedup, failsWith, NEW, ROLE, refuses, searchable, start } from './start-ops-center.ts';

describe('CreateOpsItem', () => {
  it('makes an open OpsItem with the defaults of AWS', () => {
    const { call, get, clock } = start();
    expect(call('CreateOpsItem', NEW)).toEqual({
      OpsItemId: 'oi-000000000001',
      OpsItemArn: `arn:aws:ssm:us-west-2:${ACCOUNT}:opsitem/oi-000000000001`,
    });
    expect(get('oi-000000000001')).toEqual({
      ...NEW,
      OpsItemId: 'oi-000000000001',
      OpsItemArn: `arn:aws:ssm:us-west-2:${ACCOUNT}:opsitem/oi-000000000001`,
      OpsItemType: '/aws/issue',
      Status: 'Open',
      Version: '1',
      OperationalData: {},
      CreatedBy: ROLE,
      CreatedTime: clock.now(),
      LastModifiedBy: ROLE,
      LastModifiedTime: clock.now(),
    });
  });

  it('keeps all that is given', () => {
    const { create, get, tags } = start();
    const given = {
      Priority: 2,
      Category: 'Security',
      Severity: '1',
      Notifications: [{ Arn: 'arn:aws:sns:us-west-2:123456789012:people' }],
      RelatedOpsItems: [{ OpsItemId: 'oi-0123456789ab' }],
      OperationalData: {
        ...dedup('f1'),
        '/aws/resources': searchable('[{"arn":"arn:aws:s3:::b"}]'),
        '/aws/automations': searchable('[{"automationId":"AWS-X","automationType":"AWS::SSM::Automation"}]'),
        finding: { Type: 'String', Value: 'x' },
      },
    };
    const id = create({ ...given, PlannedStartTime: 1_700_000_000.5, Tags: [{ Key: 'team', Value: 'a' }] });
    expect(get(id)).toMatchObject({ ...given, PlannedStartTime: new Date(1_700_000_000_500) });
    expect(tags.exists('OpsItem', id)).toBe(true);
  });

  it('sends the event that AWS sends', () => {
    const { bus, create } = start();
    create();
    expect(bus.recentEvents()).toMatchObject([
      {
        source: 'aws.ssm',
        'detail-type': 'OpsItem Create',
        region: 'us-west-2',
        detail: { status: 'Open', 'ops-item-id': 'oi-000000000001', 'created-by': ROLE },
      },
    ]);
  });

  it.each([
    ['no title', { Title: undefined }, "Value null at 'title'"],
    ['an empty title', { Title: '' }, 'length greater than or equal to 1'],
    ['a blank title', { Title: ' ' }, 'regular expression pattern'],
    ['a long title', { Title: 'x'.repeat(1025) }, 'length less than or equal to 1024'],
    ['no description', { Description: undefined }, "at 'description'"],
    ['a long description', { Description: 'x'.repeat(2049) }, 'length less than or equal to 2048'],
    ['a long source', { Source: 'x'.repeat(129) }, 'length less than or equal to 128'],
    ['priority 0', { Priority: 0 }, 'value greater than or equal to 1'],
    ['priority 6', { Priority: 6 }, 'value less than or equal to 5'],
    ['a long severity', { Severity: 'x'.repeat(65) }, 'length less than or equal to 64'],
    ['a long category', { Category: 'x'.repeat(65) }, 'length less than or equal to 64'],
    [
      'a long data key',
      { OperationalData: { ['k'.repeat(129)]: searchable('x') } },
      'less than or equal to 128',
    ],
    ['an unknown data type', { OperationalData: { k: { Type: 'Number', Value: '1' } } }, 'enum value set'],
    ['a blank data value', { OperationalData: { k: searchable(' ') } }, 'regular expression pattern'],
    ['a tag without key', { Tags: [{ Key: '', Value: 'x' }] }, "at 'tags.1.member.key'"],
  ])('refuses %s', (_, fault, message) => {
    const { create, bus } = start();
    expect(() => create(fault)).toThrow(failsWith('ValidationException'));
    expect(() => create(fault)).toThrow(message);
    expect(bus.recentEvents()).toEqual([]);
  });

  it('reports all violations of the model together', () => {
    expect(() => start().create({ Title: 'x'.repeat(1025), Priority: 9 })).toThrow(
      /^2 validation errors detected: .*title.*; .*priority/,
    );
  });

  it.each([
    ['a source of AWS', { Source: 'my-aws-tool' }, 'Source'],
    ['a source of Amazon', { Source: 'Amazon EC2' }, 'Source'],
    ['a source of amzn', { Source: 'amzn' }, 'Source'],
    ['a change request', { OpsItemType: '/aws/changerequest' }, 'OpsItemType'],
    ['a key that begins with aws', { OperationalData: { awsKey: searchable('x') } }, 'OperationalData'],
    [
      'a key that begins with /amazon',
      { OperationalData: { '/amazon/x': searchable('x') } },
      'OperationalData',
    ],
    ['a key that begins with ssm', { OperationalData: { 'ssm-x': searchable('x') } }, 'OperationalData'],
    ['another key of /aws', { OperationalData: { '/aws/other': searchable('x') } }, 'OperationalData'],
    ['a value over 20 KB', { OperationalData: { k: searchable('ü'.repeat(10_241)) } }, 'OperationalData'],
    ['a key without value', { OperationalData: { k: { Type: 'String' } } }, 'OperationalData'],
    ['a dedup that is no JSON', { OperationalData: { '/aws/dedup': searchable('x') } }, 'OperationalData'],
    ['a dedup that is null', { OperationalData: { '/aws/dedup': searchable('null') } }, 'OperationalData'],
    ['a dedup without string', { OperationalData: { '/aws/dedup': searchable('{}') } }, 'OperationalData'],
    ['a long dedup', { OperationalData: dedup('x'.repeat(513)) }, 'OperationalData'],
    [
      'a dedup that cannot be searched',
      { OperationalData: { '/aws/dedup': { Type: 'String', Value: '{"dedupString":"x"}' } } },
      'OperationalData',
    ],
    [
      'a resource that is no ARN',
      { OperationalData: { '/aws/resources': searchable('[{"arn":"sg-1"}]') } },
      'OperationalData',
    ],
    [
      'more than 100 resources',
      {
        OperationalData: { '/aws/resources': searchable(JSON.stringify(Array(101).fill({ arn: 'arn:a' }))) },
      },
      'OperationalData',
    ],
    [
      'more than 10 automations',
      {
        OperationalData: {
          '/aws/automations': searchable(
            JSON.stringify(Array(11).fill({ automationId: 'A', automationType: 'AWS::SSM::Automation' })),
          ),
        },
      },
      'OperationalData',
    ],
    [
      'an automation without type',
      { OperationalData: { '/aws/automations': searchable('[{"automationId":"A"}]') } },
      'OperationalData',
    ],
    ['a notification to nobody', { Notifications: [{}] }, 'Notifications'],
    ['a relation to nothing', { RelatedOpsItems: [{ OpsItemId: 'x' }] }, 'RelatedOpsItems'],
  ])('refuses %s', (_, fault, parameter) => {
    expect(() => start().create(fault)).toThrow(refuses(parameter));
  });

  it.each([
    { Title: 1 },
    { Priority: '1' },
    { OperationalData: [] },
    { OperationalData: { k: 'v' } },
    { Tags: [{ Key: 'k' }] },
    { Notifications: {} },
    { PlannedStartTime: 'noon' },
  ])('refuses the wrong type in %j', (fault) => {
    expect(() => start().create(fault)).toThrow(failsWith('SerializationException'));
  });

  it('takes a dedup string and a value of exactly the greatest length', () => {
    const { create } = start();
    create({ OperationalData: { ...dedup('x'.repeat(512)), k: searchable('x'.repeat(20_480)) } });
  });

  it('refuses another account, and more than the quota', () => {
    const { create, call } = start({ limit: 1 });
    expect(() => create({ AccountId: '999999999999' })).toThrow(failsWith('OpsItemAccessDeniedException'));
    create({ AccountId: ACCOUNT });
    expect(() => call('CreateOpsItem', NEW)).toThrow(
      failsWith('OpsItemLimitExceededException', {
        ResourceTypes: ['OpsItem'],
        Limit: 1,
        LimitType: 'OpsItems',
      }),
    );
  });

  it('makes nothing when the tags are refused', () => {
    const { create, describeItems } = start();
    const Tags = Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' }));
    expect(() => create({ Tags })).toThrow();
    expect(describeItems()).toEqual({ OpsItemSummaries: [] });
  });
});
