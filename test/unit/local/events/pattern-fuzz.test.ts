import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../local/events/pattern.ts';

/** Whether `{ "v": alternatives }` matches `{ "v": value }`. */
const matches = (alternatives: unknown[], value: unknown) =>
  compilePattern({ v: alternatives })({ v: value });

describe('whatever comes', () => {
  const everything = compilePattern({
    a: [1, { prefix: 'a' }, { suffix: 'b' }, { wildcard: '*c*' }, { 'anything-but': 'd' }, { cidr: '::/0' }],
    b: { c: [{ numeric: ['>', 0] }, { exists: false }, { 'equals-ignore-case': 'e' }] },
    $or: [{ f: [{ exists: true }] }, { g: { h: [null] } }],
  });

  it('never throws on an event', () => {
    const event = fc.oneof(
      fc.jsonValue(),
      fc.record({ a: fc.jsonValue(), b: fc.jsonValue(), f: fc.jsonValue(), g: fc.jsonValue() }),
    );
    fc.assert(fc.property(event, (value) => typeof everything(value) === 'boolean'));
  });

  it('either compiles a pattern or refuses it as not valid', () => {
    const operand = fc.oneof(fc.jsonValue(), fc.string());
    const operator = fc.constantFrom(
      'prefix',
      'suffix',
      'wildcard',
      'anything-but',
      'numeric',
      'cidr',
      'exists',
      'x',
    );
    const expression = fc.tuple(operator, operand).map(([name, value]) => ({ [name]: value }));
    const pattern = fc.oneof(
      fc.jsonValue(),
      fc.record({ a: fc.array(expression), $or: fc.array(expression) }),
    );
    fc.assert(
      fc.property(pattern, (value) => {
        try {
          compilePattern(value)({ a: 'x' });
        } catch (error) {
          expect(error).toMatchObject({ code: 'InvalidEventPatternException' });
        }
      }),
    );
  });

  it('matches an event by a pattern made of it', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer({ min: -1000, max: 1000 }),
      fc.boolean(),
      fc.constant(null),
    );
    const event = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), leaf, { minKeys: 1 });
    fc.assert(
      fc.property(event, (value) => {
        const pattern = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, [item]]));
        return compilePattern(pattern)(value);
      }),
    );
  });

  it('survives an event that nests deeper than the stack', () => {
    const deep = JSON.parse(`{"a":${'['.repeat(200_000)}"abc"${']'.repeat(200_000)}}`);
    expect(compilePattern({ a: ['abc'] })(deep)).toBe(true);
  });
});

describe('wildcards', () => {
  /** The obvious definition: exponential, and right. */
  function naive(pattern: string, text: string): boolean {
    if (pattern === '') return text === '';
    if (pattern[0] === '*') {
      return naive(pattern.slice(1), text) || (text !== '' && naive(pattern, text.slice(1)));
    }
    return text !== '' && pattern[0] === text[0] && naive(pattern.slice(1), text.slice(1));
  }

  it('agree with the obvious definition', () => {
    const pattern = fc.stringMatching(/^[ab*]{0,8}$/).map((text) => text.replace(/\*+/g, '*'));
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab]{0,10}$/), (glob, text) => {
        expect(matches([{ wildcard: glob }], text)).toBe(naive(glob, text));
      }),
      { numRuns: 2000 },
    );
  });

  it('take no time to fail where backtracking would take for ever', () => {
    const match = compilePattern({ v: [{ wildcard: `${'a*'.repeat(50)}b` }] });
    const started = performance.now();
    expect(match({ v: 'a'.repeat(100_000) })).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
