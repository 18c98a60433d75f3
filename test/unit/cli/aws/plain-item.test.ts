import { describe, expect, it } from 'vitest';
import { plainItem } from '../../../../cli/aws/plain-item.ts';

describe('an item that people wrote', () => {
  it('is what JSON can show', () => {
    const item = plainItem({
      small: { N: '1.5' },
      big: { N: '12345678901234567890123456789' },
      fraction: { N: '12345678901234567890123456789.5' },
      set: { SS: ['b', 'a'] },
      numbers: { NS: ['2', '1'] },
      bytes: { B: new Uint8Array([97]) },
      nested: { M: { list: { L: [{ SS: ['x'] }, { NULL: true }, { N: '99999999999999999999' }] } } },
    });
    expect(JSON.parse(JSON.stringify(item))).toEqual({
      small: 1.5,
      big: '12345678901234567890123456789',
      fraction: '12345678901234567890123456789.5',
      set: ['a', 'b'],
      numbers: [1, 2],
      bytes: 'YQ==',
      nested: { list: [['x'], null, '99999999999999999999'] },
    });
  });
});
