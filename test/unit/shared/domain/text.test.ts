import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, quote, truncate, truncateBytes } from '../../../../shared/domain/text.ts';

/** Characters of every length in UTF-8, and halves of some. */
const text20 = fc.string({ unit: fc.constantFrom('a', 'ü', '€', '😀', '\ud83d', '\ude00'), maxLength: 20 });

describe('truncate', () => {
  it('leaves what fits, and marks what does not', () => {
    expect(truncate('abcd', 4)).toBe('abcd');
    expect(truncate('abcde', 4)).toBe('abc…');
  });

  it('never leaves half a character, and never more than was asked for (property)', () => {
    fc.assert(
      fc.property(text20, fc.integer({ min: 1, max: 20 }), (text, length) => {
        const short = truncate(text, length);
        expect(short.length).toBeLessThanOrEqual(length);
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('truncateBytes', () => {
  it('counts bytes, and cuts between characters', () => {
    expect(truncateBytes('üüü', 6)).toBe('üüü');
    expect(truncateBytes('üüüü', 7)).toBe('üü…');
    expect(truncateBytes('üüüü', 6)).toBe('ü…');
  });

  it('never more than was asked for (property)', () => {
    fc.assert(
      fc.property(text20, fc.integer({ min: 3, max: 40 }), (text, bytes) => {
        const short = truncateBytes(text, bytes);
        expect(Buffer.byteLength(short)).toBeLessThanOrEqual(bytes);
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('quote', () => {
  it('is JSON, shortened', () => {
    expect(quote('a"b')).toBe('"a\\"b"');
    expect(quote('x'.repeat(1000)).length).toBeLessThan(310);
  });
});

describe('oneLine', () => {
  it('puts a space where a line or a control character was', () => {
    expect(oneLine('a\r\nb\u0000c\u2028d')).toBe('a b c d');
  });
});
