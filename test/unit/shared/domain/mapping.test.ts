import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { mappingFrom, mappingKeysOf } from '../../../../shared/domain/mapping.ts';
import { errorOf } from '../../../helpers/fakes.ts';

const ROW = {
  checkName: 'check',
  ssmAutomationDocument: 'AWS-X',
  automationParameters: '{"A": ["$resourceId"]}',
  regexPattern: '(sg-\\w+)',
  automationStatus: true,
};

describe('mappingFrom', () => {
  it("takes the use case's five attributes, with safe defaults for the rest", () => {
    expect(mappingFrom(ROW)).toEqual({ ...ROW, requiredTags: [] });
  });

  it('the narrower of row and defaults counts: one "off" is off, required tags add up', () => {
    const defaults = { checkName: '*', automationStatus: true, requiredTags: ['a', 'b=c'] };
    expect(mappingFrom({ ...ROW, requiredTags: ['b=c', 'd'] }, defaults)).toMatchObject({
      automationStatus: true,
      requiredTags: ['a', 'b=c', 'd'],
    });
    expect(mappingFrom(ROW, { checkName: '*', automationStatus: false }).automationStatus).toBe(false);
    expect(mappingFrom({ ...ROW, automationStatus: false }, defaults).automationStatus).toBe(false);
  });

  it('an unknown attribute is refused by name, in the row and in the row *: a typo never means "no limit"', () => {
    const error = errorOf(() => mappingFrom({ ...ROW, requiredTag: ['a'] }));
    expect(error).toMatchObject({ code: 'MAPPING_ATTRIBUTE_UNKNOWN' });
    expect(error.message).toContain('"requiredTag"');
    expect(errorOf(() => mappingFrom(ROW, { checkName: '*', automationstatus: false }))).toMatchObject({
      code: 'MAPPING_ATTRIBUTE_UNKNOWN',
      message: expect.stringContaining('"*"'),
    });
  });

  it.each([
    ['automationStatus as a string', { automationStatus: 'true' }],
    ['automationStatus as a number', { automationStatus: 1 }],
    ['an empty document', { ssmAutomationDocument: '' }],
    ['parameters as a map', { automationParameters: { GroupId: ['x'] } }],
    ['no pattern', { regexPattern: undefined }],
    ['a tag without a key', { requiredTags: ['=x'] }],
    ['tags as a string', { requiredTags: 'automaticRemediation=True' }],
  ])('%s is refused', (_, changes) => {
    expect(errorOf(() => mappingFrom({ ...ROW, ...changes }))).toMatchObject({ code: 'MAPPING_INVALID' });
  });

  it('tells all faults of a row at once', () => {
    const { message } = errorOf(() => mappingFrom({ checkName: 'c', automationStatus: 'x', extra: 1 }));
    for (const fault of [
      'ssmAutomationDocument',
      'automationParameters',
      'regexPattern',
      'automationStatus',
      '"extra"',
    ])
      expect(message).toContain(fault);
  });

  it.each([null, undefined, 'text', 5, []])('%j as a row is refused with a coded error', (row) => {
    expect(errorOf(() => mappingFrom(row))).toBeInstanceOf(RemediatorError);
  });
});

describe('mappingKeysOf', () => {
  it('looks under the name and under the name with a trailing space', () => {
    expect(mappingKeysOf('Load Balancer Optimization')).toEqual([
      'Load Balancer Optimization',
      'Load Balancer Optimization ',
    ]);
  });
});
