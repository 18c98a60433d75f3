import { describe, expect, it } from 'vitest';
import type { Circumstances } from '../../../../shared/domain/circumstances.ts';
import { decide } from '../../../../shared/domain/decide.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { CHECK_ITSELF } from '../../../../shared/domain/finding.ts';
import {
  aMapping,
  aTrackedFinding,
  circumstances,
  GROUP_ID,
  ROLE_ARN,
  RUNBOOK,
} from '../../../helpers/findings.ts';

function decideWith(changes: Partial<Circumstances> = {}) {
  return decide(circumstances(changes));
}

const notified = (code: string) => ({ action: 'notify', reason: { code, remedy: expect.any(String) } });

describe('decide', () => {
  it('starts what is mapped and switched on, with the parameters filled in', () => {
    expect(decideWith()).toEqual({
      action: 'start',
      reason: { code: 'MAPPED', sentence: expect.stringContaining(RUNBOOK) },
      runbook: RUNBOOK,
      parameters: { GroupId: [GROUP_ID], AutomationAssumeRole: [ROLE_ARN] },
      arrived: true,
    });
  });

  it('no mapping: people are told', () => {
    expect(decideWith({ mapping: undefined })).toMatchObject(notified('MAPPING_NOT_FOUND'));
  });

  it('a broken mapping starts nothing, and its error reaches people', () => {
    const mapping = new RemediatorError('MAPPING_ATTRIBUTE_UNKNOWN', 'broken');
    expect(decideWith({ mapping })).toMatchObject({
      action: 'notify',
      reason: { code: 'MAPPING_ATTRIBUTE_UNKNOWN', sentence: 'broken', remedy: mapping.remedy },
    });
  });

  it('switched off: people are told which runbook it would be', () => {
    expect(decideWith({ mapping: aMapping({ automationStatus: false }) })).toMatchObject({
      ...notified('MAPPING_DISABLED'),
      runbook: RUNBOOK,
    });
  });

  it('a finding under the check itself is never acted upon', () => {
    const finding = aTrackedFinding({ resourceType: CHECK_ITSELF });
    expect(decideWith({ finding, mapping: aMapping({ regexPattern: '.*' }) })).toMatchObject(
      notified('RESOURCE_UNKNOWN'),
    );
  });

  it.each([
    ['a bad regex', { regexPattern: '(' }, 'MAPPING_REGEX_INVALID'],
    ['a regex that finds nothing', { regexPattern: 'vol-' }, 'RESOURCE_NOT_MATCHED'],
    ['a template that is not JSON', { automationParameters: '{' }, 'MAPPING_TEMPLATE_INVALID'],
    ['an unknown placeholder', { automationParameters: '{"GroupId":["$x"]}' }, 'PLACEHOLDER_UNKNOWN'],
    [
      'a parameter that the runbook lacks',
      { automationParameters: '{"X":["a"]}' },
      'RUNBOOK_PARAMETER_UNKNOWN',
    ],
    ['a parameter that is missing', { automationParameters: '{}' }, 'RUNBOOK_PARAMETER_MISSING'],
    [
      'a role from the event',
      { automationParameters: '{"GroupId":["a"],"AutomationAssumeRole":["$1"]}' },
      'ROLE_FROM_EVENT',
    ],
  ])('%s: nothing starts, people are told', (_, changes, code) => {
    expect(decideWith({ mapping: aMapping(changes) })).toMatchObject({ ...notified(code), runbook: RUNBOOK });
  });

  it('a runbook that there is not: nothing starts', () => {
    const runbook = new RemediatorError('RUNBOOK_NOT_FOUND', 'There is no runbook.');
    expect(decideWith({ runbook })).toMatchObject({ ...notified('RUNBOOK_NOT_FOUND'), runbook: RUNBOOK });
  });

  it('a runbook that was not asked for is a bug, never a start without checks', () => {
    expect(() => decideWith({ runbook: undefined })).toThrow(TypeError);
  });

  it('is pure: the same circumstances, the same decision', () => {
    expect(decideWith()).toEqual(decideWith());
  });
});

describe('required tags', () => {
  const mapping = aMapping({ requiredTags: ['automaticRemediation=True', 'owner'] });

  it('all there: it starts', () => {
    const tags = { automaticRemediation: 'True', owner: '' };
    expect(decideWith({ mapping, tags }).action).toBe('start');
  });

  it.each([
    ['none', {}],
    ['another value', { automaticRemediation: 'true', owner: 'me' }],
    ['one of two', { automaticRemediation: 'True' }],
    ['a key that begins alike', { 'automaticRemediation ': 'True', owner: 'me' }],
  ])('%s: nothing starts', (_, tags) => {
    expect(decideWith({ mapping, tags })).toMatchObject(notified('REQUIRED_TAG_MISSING'));
  });

  it('a resource whose tags cannot be asked for is not "opted in"', () => {
    expect(decideWith({ mapping, tags: undefined })).toMatchObject(notified('TAGS_UNREADABLE'));
  });

  it('names of Object.prototype are no tags', () => {
    expect(decideWith({ mapping: aMapping({ requiredTags: ['constructor'] }), tags: {} })).toMatchObject(
      notified('REQUIRED_TAG_MISSING'),
    );
  });

  it('a value may hold an equals sign', () => {
    const tagged = aMapping({ requiredTags: ['a=b=c'] });
    expect(decideWith({ mapping: tagged, tags: { a: 'b=c' } }).action).toBe('start');
  });
});
