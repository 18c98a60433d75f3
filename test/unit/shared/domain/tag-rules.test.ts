import { describe, expect, it } from 'vitest';
import { EXECUTION_MODES, executionModeOf } from '../../../../shared/domain/execution-mode.ts';
import { hasTag, MODE_TAG, taggedMode } from '../../../../shared/domain/tag-rules.ts';

describe('hasTag', () => {
  it.each([
    [{ key: 'value' }, 'key', true],
    [{ key: '' }, 'key', true],
    [{ key: '' }, 'key=', true],
    [{ key: 'value' }, 'key=', false],
    [{ key: 'value' }, 'key=value', true],
    [{ key: 'Value' }, 'key=value', false],
    [{ key: 'value ' }, 'key=value', false],
    [{ Key: 'value' }, 'key', false],
    [{ a: 'b=c' }, 'a=b=c', true],
    [{ 'a=b': 'c' }, 'a=b=c', false],
    [{}, 'key', false],
    [{}, 'constructor', false],
    [{}, '__proto__', false],
  ])('%j has %j: %s', (tags, wanted, expected) => {
    expect(hasTag(tags, wanted)).toBe(expected);
  });
});

describe('taggedMode', () => {
  it('without the tag there is none', () => {
    expect(taggedMode({})).toBeUndefined();
    expect(taggedMode({ 'Remediator:mode': 'off', mode: 'off' })).toBeUndefined();
  });

  it.each(EXECUTION_MODES)('%s is itself', (mode) => {
    expect(taggedMode({ [MODE_TAG]: mode })).toBe(mode);
    expect(executionModeOf(mode)).toBe(mode);
  });

  it.each(['', 'OFF', 'off ', 'manual', 'toString'])('%j, which is no mode, only tells people', (value) => {
    expect(taggedMode({ [MODE_TAG]: value })).toBe('notify');
    expect(executionModeOf(value)).toBeUndefined();
  });
});
