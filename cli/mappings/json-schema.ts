import * as z from 'zod/mini';
import { packRowSchema, packSchema } from './pack-schema.ts';
import { INNER_TEXTS, PACK_TEXTS, ROW_TEXTS } from './schema-texts.ts';

type JsonSchema = Record<string, unknown>;

/** The published JSON Schema of packs (draft 7, which editors know best), made of the schema that rows are held to. */
export function packJsonSchema(): JsonSchema {
  const pack = described(packSchema, PACK_TEXTS);
  const row = described(packRowSchema, ROW_TEXTS);
  const { properties, ...rest } = pack;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Mapping pack of Remediator',
    ...rest,
    properties: {
      ...(properties as JsonSchema),
      rows: {
        description: PACK_TEXTS.rows,
        type: 'array',
        minItems: 1,
        items: { $ref: '#/definitions/row' },
      },
    },
    definitions: { row: { ...row, ...TOGETHER } },
  };
}

/** What the row's schema says of attributes together. */
const TOGETHER = {
  dependencies: { rollbackDocument: ['rollbackParameters'], rollbackParameters: ['rollbackDocument'] },
  if: { properties: { onStillRed: { const: 'rollback' } }, required: ['onStillRed'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['rollbackDocument'] },
};

/** The attributes that an attribute of a row may have: of `opsItem`, of `windows.0`. */
export function attributesAt(path: readonly (string | number)[]): readonly string[] {
  const inside = path.reduce<JsonSchema | undefined>(
    (at, key) => (typeof key === 'number' ? at?.items : (at?.properties as JsonSchema)?.[key]) as JsonSchema,
    toJsonSchema(packRowSchema),
  );
  return Object.keys(inside?.properties ?? {});
}

function toJsonSchema(schema: z.ZodMiniType): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as JsonSchema;
}

function described(schema: z.ZodMiniType, texts: Readonly<Record<string, string>>): JsonSchema {
  const { $schema: _, ...plain } = toJsonSchema(schema);
  return withTexts(plain, { ...INNER_TEXTS, ...texts }, '') as JsonSchema;
}

/** A schema whose properties say what they are, however deep they are. */
function withTexts(schema: unknown, texts: Readonly<Record<string, string>>, path: string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => withTexts(each, texts, path));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      keyword === 'properties' ? propertiesWithTexts(value, texts, path) : withTexts(value, texts, path),
    ]),
  );
}

function propertiesWithTexts(
  properties: JsonSchema,
  texts: Readonly<Record<string, string>>,
  path: string,
): JsonSchema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, each]) => {
      const at = path === '' ? name : `${path}.${name}`;
      return [name, { description: texts[at], ...(withTexts(each, texts, at) as JsonSchema) }];
    }),
  );
}
