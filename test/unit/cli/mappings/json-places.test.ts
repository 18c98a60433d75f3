import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotJson, readJson } from '../../../../cli/mappings/json-places.ts';

const TEXT = `{
  "a": [1, {"b\\"c": "x"}],
  "d": null
}`;

describe('readJson', () => {
  const { places } = readJson(TEXT);

  it.each([
    [[], '1:1'],
    [['a'], '2:8'],
    [['a', 0], '2:9'],
    [['a', 1], '2:12'],
    [['a', 1, 'b"c'], '2:21'],
    [['d'], '3:8'],
    [['a', 1, 'nothing', 'there'], '2:12'],
    [['nothing'], '1:1'],
  ])('the value at %j is at %s', (path, place) => {
    const { line, column } = places.valueAt(path);
    expect(`${line}:${column}`).toBe(place);
  });

  it('knows where keys are', () => {
    expect(places.keyAt(['a', 1, 'b"c'])).toEqual({ line: 2, column: 13 });
    expect(places.keyAt(['a', 0])).toEqual({ line: 2, column: 9 });
  });

  it('tells of keys that stand twice', () => {
    const twice = readJson('{"a": {"b": 1, "c": 2, "b": 3}, "A": 1}');
    expect(twice.value).toEqual({ a: { b: 3, c: 2 }, A: 1 });
    expect(twice.places.twice).toEqual([['a', 'b']]);
    expect(twice.places.keyAt(['a', 'b'])).toEqual({ line: 1, column: 24 });
  });

  it.each([
    ['', '1:1', 'the text ends where a value'],
    ['{"a": tru}', '1:7', 'there is "t" where a value'],
    ['{"a": 1,}', '1:9', 'there is "}" where a key in double quotes'],
    ['[1, 2,]', '1:7', 'there is "]" where a value'],
    ['{"a" 1}', '1:6', 'there is "1" where ":"'],
    ['{"a": 1 "b": 2}', '1:9', 'there is "\\"" where "," or "}"'],
    ['{"a": "x\ny"}', '1:7', 'a string that ends on its line'],
    ['{\n  a: 1}', '2:3', 'there is "a" where a key in double quotes'],
    ['{"a": 01}', '1:7', 'there is "0" where a value'],
    ["{'a': 1}", '1:2', 'there is "\'" where a key'],
    ['{} {}', '1:4', 'there is "{" where the end'],
    ['// x\n{}', '1:1', 'there is "/" where a value'],
    [`${'['.repeat(60)}${']'.repeat(60)}`, '1:52', 'something less deep'],
  ])('%j is no JSON from %s on: %s', (text, place, message) => {
    const error = refusalOf(text);
    expect(`${error.place.line}:${error.place.column}`).toBe(place);
    expect(error.message).toContain(message);
  });

  it('takes what JSON.parse takes, and finds every value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const read = readJson(text);
        expect(read.value).toEqual(JSON.parse(text));
        const lines = text.split('\n');
        for (const [path, member] of walk(JSON.parse(text))) {
          const { line, column } = read.places.valueAt(path);
          const rest = [lines[line - 1]?.slice(column - 1), ...lines.slice(line)].join('\n');
          expect(rest.startsWith(JSON.stringify(member, null, space).split('\n')[0] ?? '')).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const soup = fc.array(
      fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '1', 'true', ' ', '"', '\\', '-'),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(soup, (parts) => {
        const text = parts.join('');
        expect(takes(() => readJson(text))).toBe(takes(() => JSON.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });
});

function refusalOf(text: string): NotJson {
  try {
    readJson(text);
  } catch (error) {
    if (error instanceof NotJson) return error;
    throw error;
  }
  throw new Error('It was taken');
}

function takes(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    expect(error instanceof NotJson || error instanceof SyntaxError).toBe(true);
    return false;
  }
}

function* walk(value: unknown, path: readonly (string | number)[] = []): Generator<[typeof path, unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value))
    yield* walk(member, [...path, Array.isArray(value) ? Number(key) : key]);
}
