import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { changesTo, renderChanges } from '../../../../cli/mappings/changes.ts';

const row = { checkName: 'a check', automationParameters: '{"A": ["1"]}', executionMode: 'automatic' };
const stored = (before: typeof row) => ({ row: before, item: {} });

describe('renderChanges', () => {
  const lines = (...changes: ReturnType<typeof changesTo>) =>
    renderChanges(changes).map(stripVTControlCharacters);

  it('shows what differs below its row, and counts', () => {
    const changes = changesTo(new Map([['a check', stored(row)]]), [
      // The same template, written in another way.
      { ...row, automationParameters: '{"A":["1"]}', executionMode: 'off' },
      { checkName: 'new', regexPattern: '(sg-\\w+)' },
    ]);
    expect(lines(...changes)).toEqual([
      '~ a check',
      '    - executionMode: "automatic"',
      '    + executionMode: "off"',
      '+ new',
      '    + regexPattern: "(sg-\\\\w+)"',
      '2 rows: 1 to add, 1 to change, 0 to remove, 0 the same',
    ]);
  });

  it('shows a row that stays as it is in one line', () => {
    const changes = changesTo(new Map([['a check', stored(row)]]), [{ ...row }]);
    expect(lines(...changes)).toEqual(['= a check', '1 row: 0 to add, 0 to change, 0 to remove, 1 the same']);
  });
});
