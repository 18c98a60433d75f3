import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../cli/diff.ts';

const lines = (...rows: Parameters<typeof diffLines>) => diffLines(...rows).map(stripVTControlCharacters);

describe('diffLines', () => {
  it('has an attribute a line, by name: what goes before what comes, what stays without a mark', () => {
    const before = { mode: 'automatic', gone: 1, kept: ['x'] };
    expect(lines(before, { mode: 'off', kept: ['x'], added: { a: true } })).toEqual([
      '+ added: {"a":true}',
      '- gone: 1',
      '  kept: ["x"]',
      '- mode: "automatic"',
      '+ mode: "off"',
    ]);
  });

  it('tells of a row that begins, or ends', () => {
    expect(lines(undefined, { a: 1 })).toEqual(['+ a: 1']);
    expect(lines({ a: 1 }, undefined)).toEqual(['- a: 1']);
  });

  it('lets nothing of a row reach the terminal as it is', () => {
    const [first = '', second = ''] = diffLines({ a: '\u009b2J', 'b\u0007': 1 }, undefined);
    expect(first).toContain('a: "\ufffd2J"');
    expect(second).toContain('b\ufffd: 1');
  });
});
