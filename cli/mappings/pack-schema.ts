import * as z from 'zod/mini';
import { rowSchema } from '../../shared/domain/mapping-schema.ts';
import { patternFault } from '../../shared/domain/match.ts';

const text = z.string().check(z.minLength(1, 'must not be empty'));

/** In a file a template can be what it is in the table, a text; or the object that the text holds. */
const template = z.union([text, z.record(z.string(), z.array(z.string()))], {
  error: 'must be an object of string lists, such as {"GroupId": ["$resourceId"]}, or such an object as text',
});

/** Runbook parameters as StartAutomationExecution takes them. */
const filled = z.record(z.string(), z.array(z.string()));

/** A finding, as far as a template can name it, and what must come of it. */
const exampleSchema = z.strictObject({
  resource: text,
  detail: z.optional(z.record(z.string(), z.nullable(z.string()))),
  account: z.optional(text),
  region: z.optional(text),
  status: z.optional(z.enum(['Red', 'Yellow'])),
  expect: z.union([z.strictObject({ parameters: filled }), z.strictObject({ error: text })], {
    error: 'must be {"parameters": {…}}, or {"error": "RESOURCE_NOT_MATCHED"} and the like',
  }),
});

/** What a row of a file may have besides the mapping's own attributes. It never reaches the table. */
const annotations = {
  why: z.optional(text),
  undo: z.optional(text),
  examples: z.optional(z.array(exampleSchema).check(z.minLength(1, 'must have an example'))),
};

/** The attributes of a row's annotations. */
export const ANNOTATIONS: readonly string[] = Object.keys(annotations);

/** A row's annotations; the mapping's own attributes are rowSchema's. */
export const annotationsSchema = z.looseObject(annotations);

/** A pack tells why it has a row, and how people undo what it does. */
export const packAnnotationsSchema = z.looseObject({ ...annotations, why: text, undo: text });

export type Example = z.infer<typeof exampleSchema>;

/** What `${param:…}` may hold. */
export const parameterName = z.string().check(z.regex(/^[A-Za-z]\w*$/, 'must be a word'));

/** Something of the account that a pack leaves open: `${param:Name}` in any of its texts. */
export const packParameter = z.strictObject({
  description: text,
  /** What the examples are filled with. */
  example: text,
  default: z.optional(text),
  /** What a value must match, from its start to its end (RE2). */
  pattern: z.optional(
    text.check(
      z.refine((value) => patternFault(value) === undefined, {
        error: ({ input }) => `${patternFault(String(input))}`,
      }),
    ),
  ),
});

export type PackParameter = z.infer<typeof packParameter>;

/** A pack's own attributes; its rows are checked one by one. */
export const packSchema = z.strictObject({
  $schema: z.optional(z.string()),
  name: z
    .string()
    .check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be words in small letters, joined by "-"')),
  description: text,
  parameters: z.optional(z.record(parameterName, packParameter)),
  rows: z.array(z.unknown()).check(z.minLength(1, 'must have a row')),
});

/** A row of a pack says why, and how it is undone. For the published JSON Schema; mappings/README.md. */
export const packRowSchema = z.strictObject({
  ...rowSchema.shape,
  automationParameters: template,
  rollbackParameters: z.optional(template),
  ...annotations,
  why: text,
  undo: text,
});
