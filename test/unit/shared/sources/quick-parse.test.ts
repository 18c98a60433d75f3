import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { FAILED, quickParse } from '../../../../shared/sources/quick-parse.ts';

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(4));
const text = z.optional(z.nullable(z.string()));

/** Everything that sources say of events, and some that they do not. */
const SCHEMAS: readonly (readonly [string, z.ZodMiniType])[] = [
  ['text', z.string()],
  ['name', name],
  ['pattern', z.string().check(z.regex(/^a+$/))],
  ['pattern that remembers', z.string().check(z.regex(/a/g))],
  ['format', z.iso.datetime()],
  ['lower case', z.string().check(z.toLowerCase())],
  ['refined', z.string().check(z.refine((value) => value !== 'a'))],
  ['number', z.number()],
  ['whole number', z.int().check(z.positive())],
  ['boolean', z.boolean()],
  ['enum', z.enum(['a', 'b'])],
  ['list', z.array(name)],
  ['short list', z.array(z.string()).check(z.maxLength(1))],
  ['record', z.record(z.string(), z.unknown())],
  ['record of names', z.record(name, z.string())],
  ['object', z.object({ a: name, b: text, c: z.unknown() })],
  ['loose', z.looseObject({ a: name, b: text, c: z.optional(z.object({ a: text })) })],
  ['strict', z.strictObject({ a: text })],
  ['checked object', z.object({ a: text }).check(z.refine(({ a }) => a !== 'a'))],
  ['with a default', z.object({ a: z._default(z.string(), 'x') })],
  ['caught', z.object({ a: z.catch(z.optional(z.array(name)), undefined), b: z.catch(z.string(), 'x') })],
  ['later', z.lazy(() => z.looseObject({ a: z.nullable(z.lazy(() => name)) }))],
  ['either', z.union([z.string(), z.number()])],
];

const leaf = fc.oneof(
  fc.constantFrom('', 'a', ' a ', 'aaaa', 'bbbbb', 'A', null, true, 0, -1.5, 2),
  fc.constantFrom(undefined, Number.NaN, '2026-11-20T10:00:00Z'),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor'), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}));

describe('a quick parse', () => {
  it.each(SCHEMAS)('gives what the schema gives: %s', (_, schema) => {
    fc.assert(
      fc.property(value, (said) => {
        const before = structuredClone(said);
        const quick = quickParse(schema, said);
        const { success, data } = schema.safeParse(said);
        if (quick === FAILED) return;
        expect(success).toBe(true);
        // Vitest takes a key called `constructor` for the object's class.
        expect(isDeepStrictEqual(quick, data)).toBe(true);
        expect(isDeepStrictEqual(said, before)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [z.looseObject({ a: name, b: text }), { a: 'x', b: null, c: [1] }],
    [z.object({ a: z.array(z.optional(z.boolean())), b: text }), { a: [true, undefined] }],
    [z.lazy(() => z.record(z.string(), name)), { a: ' b' }],
    [z.catch(z.optional(name), undefined), 7],
  ])('does not leave %# to the schema', (schema, said) => {
    expect(quickParse(schema, said)).toStrictEqual(schema.parse(said));
  });

  it('keeps what is whole as it is', () => {
    const said = { a: 'x', more: [1, 2] };
    expect(quickParse(z.looseObject({ a: name }), said)).toBe(said);
  });
});
