import { invalidPattern } from './invalid.ts';

/**
 * Compiles a wildcard: `*` stands for any characters, `\*` and `\\` for themselves.
 * Between two stars the earliest find is always good enough, so matching walks the text once and never goes back.
 *
 * @throws AwsError InvalidEventPatternException for two stars in a row, or a backslash before another character
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const parts = splitAtStars(pattern);
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return (text) => text === first;
  const middle = parts.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
      return false;
    const end = text.length - last.length;
    let from = first.length;
    for (const part of middle) {
      const found = text.indexOf(part, from);
      if (found === -1) return false;
      from = found + part.length;
    }
    // Less where first and last overlap: 'a' is no match for a*a.
    return from <= end;
  };
}

/** The literal parts around the stars: n stars give n + 1 parts. */
function splitAtStars(pattern: string): string[] {
  const parts: string[] = [];
  let part = '';
  let afterStar = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '*') {
      if (afterStar) throw invalidPattern(`Consecutive wildcard characters at pos ${at - 1}`);
      parts.push(part);
      part = '';
      afterStar = true;
      continue;
    }
    afterStar = false;
    if (char !== '\\') {
      part += char;
      continue;
    }
    const escaped = pattern.charAt(at + 1);
    if (escaped !== '*' && escaped !== '\\') throw invalidPattern(`Invalid escape character at pos ${at}`);
    part += escaped;
    at++;
  }
  parts.push(part);
  return parts;
}
