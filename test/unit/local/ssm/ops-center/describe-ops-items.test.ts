import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { ACCOUNT, failsWith, searchable, start } from './start-ops-center.ts';

describe('DescribeOpsItems', () => {
  async function two() {
    const cloud = start();
    const first = cloud.create({
      Title: 'open group',
      Priority: 1,
      Category: 'Security',
      Severity: '2',
      ActualStartTime: 1_700_000_000,
      OperationalData: {
        finding: searchable('f-1'),
        hidden: { Type: 'String', Value: 'h-1' },
        '/aws/resources': searchable('[{"arn":"arn:aws:ec2:us-west-2:1:security-group/sg-1"}]'),
        '/aws/automations': searchable('[{"automationId":"AWS-X","automationType":"AWS::SSM::Automation"}]'),
      },
    });
    await cloud.clock.advance(60_000);
    const second = cloud.create({
      Title: 'idle volume',
      Source: 'other',
      OperationalData: { finding: searchable('f-2') },
    });
    cloud.update(second, { Status: 'Resolved' });
    return { ...cloud, first, second };
  }

  it('lists summaries, newest first', async () => {
    const { describeItems, first, second } = await two();
    const [newest, oldest] = describeItems().OpsItemSummaries as JsonObject[];
    expect([newest?.OpsItemId, oldest?.OpsItemId]).toEqual([second, first]);
    expect(Object.keys(newest ?? {}).sort()).toEqual(
      ['CreatedBy', 'CreatedTime', 'LastModifiedBy', 'LastModifiedTime', 'OperationalData', 'OpsItemId']
        .concat(['OpsItemType', 'Source', 'Status', 'Title'])
        .sort(),
    );
    expect(Object.keys(oldest?.OperationalData as object)).toEqual([
      'finding',
      '/aws/resources',
      '/aws/automations',
    ]);
  });

  it.each([
    ['Status', 'Equal', ['Open'], ['first']],
    ['Status', 'Equal', ['Open', 'Resolved'], ['second', 'first']],
    ['Title', 'Equal', ['open group'], ['first']],
    ['Title', 'Contains', ['volume'], ['second']],
    ['Source', 'Equal', ['other'], ['second']],
    ['Source', 'Contains', ['remed'], ['first']],
    ['Priority', 'Equal', ['1'], ['first']],
    ['Category', 'Equal', ['Security'], ['first']],
    ['Severity', 'Equal', ['2'], ['first']],
    ['CreatedBy', 'Contains', ['remediator'], ['second', 'first']],
    ['OpsItemId', 'Equal', ['oi-000000000001'], ['first']],
    ['OpsItemType', 'Equal', ['/aws/issue'], ['second', 'first']],
    ['AccountId', 'Equal', [ACCOUNT], ['second', 'first']],
    ['AccountId', 'Equal', ['999999999999'], []],
    ['CreatedTime', 'GreaterThan', ['2024-10-19T02:47:00Z'], ['second']],
    ['CreatedTime', 'LessThan', ['2024-10-19T02:47:00Z'], ['first']],
    ['LastModifiedTime', 'LessThan', ['2024-10-19T02:46:54.049Z'], []],
    ['ActualStartTime', 'LessThan', ['2024-01-01'], ['first']],
    ['OperationalData', 'Equal', ['{"key":"finding","value":"f-2"}'], ['second']],
    ['OperationalData', 'Equal', ['{"key":"hidden","value":"h-1"}'], []],
    ['OperationalDataKey', 'Equal', ['finding'], ['second', 'first']],
    ['OperationalDataKey', 'Equal', ['hidden'], []],
    ['OperationalDataValue', 'Equal', ['f-1'], ['first']],
    ['OperationalDataValue', 'Contains', ['f-'], ['second', 'first']],
    ['OperationalDataValue', 'Contains', ['h-1'], []],
    ['ResourceId', 'Contains', ['sg-1'], ['first']],
    ['AutomationId', 'Equal', ['AWS-X'], ['first']],
    ['InsightByType', 'Equal', ['x'], []],
    ['ChangeRequestByTemplate', 'Equal', ['x'], []],
  ])('filters by %s %s %j', async (key, operator, values, expected) => {
    const { find, first, second } = await two();
    const names = new Map<unknown, string>([
      [first, 'first'],
      [second, 'second'],
    ]);
    expect(find(key, operator, ...values).map((id) => names.get(id))).toEqual(expected);
  });

  it('wants all filters to match', async () => {
    const { describeItems } = await two();
    const OpsItemFilters = [
      { Key: 'Status', Operator: 'Equal', Values: ['Open'] },
      { Key: 'Source', Operator: 'Equal', Values: ['other'] },
    ];
    expect(describeItems({ OpsItemFilters })).toEqual({ OpsItemSummaries: [] });
  });

  it.each([
    ['an unknown key', 'Colour', 'Equal', 'x'],
    ['an operator of another key', 'Status', 'Contains', 'x'],
    ['an unknown operator', 'Status', 'Equals', 'x'],
    ['a time that is none', 'CreatedTime', 'LessThan', 'noon'],
    ['a long title', 'Title', 'Equal', 'x'.repeat(101)],
    ['data that is no JSON', 'OperationalData', 'Equal', 'x'],
    ['data without value', 'OperationalData', 'Equal', '{"key":"x"}'],
    ['data that is null', 'OperationalData', 'Equal', 'null'],
  ])('refuses %s', (_, key, operator, value) => {
    expect(() => start().find(key, operator, value)).toThrow(failsWith('ValidationException'));
  });

  it('pages, and new OpsItems do not shift the pages', () => {
    const { create, describeItems } = start();
    const ids = Array.from({ length: 5 }, () => create()).reverse();
    const seen: unknown[] = [];
    let NextToken: unknown;
    do {
      const page = describeItems({ MaxResults: 2, NextToken });
      seen.push(...(page.OpsItemSummaries as JsonObject[]).map((summary) => summary.OpsItemId));
      NextToken = page.NextToken;
      create();
    } while (NextToken !== undefined);
    expect(seen).toEqual(ids);
  });

  it('refuses page sizes and tokens that are not valid', () => {
    const { describeItems } = start();
    for (const input of [{ MaxResults: 0 }, { MaxResults: 51 }, { NextToken: 'x' }, { NextToken: '' }]) {
      expect(() => describeItems(input)).toThrow(failsWith('ValidationException'));
    }
  });
});
