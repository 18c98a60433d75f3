/**
 * Groups chains of `&&` in a JSONPath's filters by pairs: `a && b && c` becomes `a && (b && c)`.
 * jsonpath-rfc9535 1.3.0 reads the third and later operands of a chain as alternatives (`a && (b || c)`),
 * so that a filter lets through what it should hold back. Explicit groups it reads right.
 */
export function groupConjunctions(path: string): string {
  const { text } = readGroup(path, 0, '');
  return text;
}

interface Group {
  readonly text: string;
  /** Index after the group's closing bracket. */
  readonly end: number;
}

/** Reads up to `close`, which is left out of the text; nested groups are rewritten on the way. */
function readGroup(path: string, start: number, close: string): Group {
  const parts = [''];
  const separators: string[] = [];
  let index = start;
  while (index < path.length && path[index] !== close) {
    const { text, end, separates } = readPiece(path, index);
    if (separates) {
      separators.push(text);
      parts.push('');
    } else {
      parts[parts.length - 1] += text;
    }
    index = end;
  }
  return { text: join(parts, separators), end: index + 1 };
}

function readPiece(path: string, index: number): Group & { separates: boolean } {
  const character = path[index] ?? '';
  const pair = path.slice(index, index + 2);
  if (pair === '&&' || pair === '||') return { text: pair, end: index + 2, separates: true };
  if (character === ',' || character === '?') return { text: character, end: index + 1, separates: true };
  const close = { '(': ')', '[': ']' }[character];
  if (close !== undefined) {
    const group = readGroup(path, index + 1, close);
    return {
      text: `${character}${group.text}${path[group.end - 1] ?? ''}`,
      end: group.end,
      separates: false,
    };
  }
  if (character === "'" || character === '"') return { ...readQuoted(path, index), separates: false };
  return { text: character, end: index + 1, separates: false };
}

function readQuoted(path: string, start: number): Group {
  let end = start + 1;
  while (end < path.length && path[end] !== path[start]) end += path[end] === '\\' ? 2 : 1;
  return { text: path.slice(start, end + 1), end: end + 1 };
}

function join(parts: readonly string[], separators: readonly string[]): string {
  let text = parts[0] ?? '';
  for (let index = 0; index < separators.length; ) {
    let last = index;
    while (separators[index] === '&&' && separators[last] === '&&') last += 1;
    const chain = parts.slice(index + 1, last + 1);
    text += chain.length > 1 ? `&& ${nest(chain)}` : `${separators[index]}${parts[index + 1] ?? ''}`;
    index += Math.max(chain.length, 1);
  }
  return text;
}

function nest(operands: readonly string[]): string {
  const [first = '', ...rest] = operands;
  return rest.length === 0 ? first.trim() : `(${first.trim()} && ${nest(rest)})`;
}
