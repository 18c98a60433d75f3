import { describe, expect, test } from 'vitest';
import { printable, shorten } from '../../../cli/terminal.ts';

describe('shorten', () => {
  test('leaves what fits, and cuts whole characters', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('abcd', 3)).toBe('ab…');
    expect(shorten('😀😀😀😀', 3)).toBe('😀😀…');
    expect(shorten('abc', 0)).toBe('…');
  });
});

describe('printable', () => {
  test('lets no command through to the terminal', () => {
    expect(printable('a\u001b[2Jb\u0007c\u009bd\re')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffde');
  });

  test('lets nothing turn the order of what is read', () => {
    expect(printable('gro.\u202egnp.exe\u2066')).toBe('gro.\ufffdgnp.exe\ufffd');
  });

  test('keeps line ends, tabs and other scripts', () => {
    expect(printable('a\n\tb ü 日本 😀')).toBe('a\n\tb ü 日本 😀');
  });
});
