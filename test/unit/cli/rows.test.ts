import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderRows } from '../../../cli/rows.ts';

const rows = [
  { cells: ['Red', 'a'.repeat(40)], below: 'why\nindeed' },
  { cells: [{ text: 'Green', paint: (text: string) => `<${text}>` }, 'b'] },
];

const lines = (columns: number) =>
  stripVTControlCharacters(renderRows(['state', 'x'], rows, columns)).split('\n');

describe('a list', () => {
  it('has columns, and a sentence below', () => {
    expect(lines(Number.POSITIVE_INFINITY)).toEqual([
      'state  x',
      `Red    ${'a'.repeat(40)}`,
      '  why indeed',
      '<Green>  b',
    ]);
  });

  it('fits on a terminal: the widest column is shortened, in its middle', () => {
    expect(lines(37)[1]).toBe(`Red    ${'a'.repeat(15)}…${'a'.repeat(14)}`);
    expect(lines(37)[2]).toBe('  why indeed');
  });

  it('has a text below its row where there is little room for it', () => {
    expect(lines(30)).toEqual(['state', 'Red', `  ${'a'.repeat(40)}`, '  why indeed', '<Green>', '  b']);
  });

  it('shortens no ID, time or state, whatever the width', () => {
    const [id, time, state] = ['oi-fb902f300127', '2026-05-13 04:10:02Z', 'AwaitingApproval'];
    const text = renderRows(['OpsItem', 'since', 'state'], [{ cells: [id, time, state] }], 40);
    expect(text).toContain(`${id}  ${time}  ${state}`);
  });

  it('takes no commands for the terminal from what it shows', () => {
    const text = renderRows(['x'], [{ cells: ['\u001b[2Jgone'], below: '\u001b[31mred\r' }], 80);
    expect(stripVTControlCharacters(text)).toContain('\ufffd[2Jgone');
    for (const command of ['\u001b[2J', '\u001b[31m', '\r']) expect(text).not.toContain(command);
  });
});
