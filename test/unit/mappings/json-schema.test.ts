import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { packJsonSchema } from '../../../cli/mappings/json-schema.ts';
import { rowSchema } from '../../../shared/domain/mapping-schema.ts';
import { aMappingRow } from '../../helpers/findings.ts';
import { type Case, OF_A_ROW, SETTINGS } from '../shared/domain/mapping-cases.ts';

const published = JSON.parse(
  readFileSync(new URL('../../../mappings/mapping-pack.schema.json', import.meta.url), 'utf8'),
);
const { if: _, then: __, dependencies: ___, ...row } = published.definitions.row;
// What says something of two attributes together is beyond Zod's reader; it is held below by itself.
const ofARow = z.fromJSONSchema(row);

const aPackRow = (changes: object) => ({
  ...aMappingRow(),
  why: 'because',
  undo: 'the other way',
  ...changes,
});
const defined = (value: object) => JSON.parse(JSON.stringify(value));
const cases = Object.entries({ ...SETTINGS, ...OF_A_ROW }) as [string, Case][];
const taken = cases.flatMap(([name, each]) => each.taken.map((changes) => [name, changes] as const));
const refused = cases.flatMap(([name, each]) => each.refused.map((pair) => [name, ...pair] as const));

/** What a JSON Schema has no words for: `remediator mappings validate` tells it. */
const ONLY_THE_TOOL_TELLS = [
  'is not RE2',
  'hours must have five cron fields',
  'hours or timeZone',
  'hours never match',
  'is a key that Remediator itself',
  'is a key that Remediator',
  'come together',
  'and the row names no rollbackDocument',
  // A template may be an object in a file.
  'automationParameters: ',
];

describe('mappings/mapping-pack.schema.json', () => {
  it('is what the command prints', () => {
    expect(published).toEqual(packJsonSchema());
  });

  it.each(taken)('%s: takes %j, as the table does', (_, changes) => {
    expect(ofARow.safeParse(defined(aPackRow(changes))).error?.issues ?? []).toEqual([]);
  });

  it.each(refused.filter(([, , sentence]) => !ONLY_THE_TOOL_TELLS.some((each) => sentence.includes(each))))(
    '%s: refuses %j, as the table does',
    (_, changes) => {
      expect(ofARow.safeParse(defined(aPackRow(changes))).success).toBe(false);
    },
  );

  it('knows every attribute of a row, and says what it is', () => {
    expect(Object.keys(row.properties).sort()).toEqual(
      [...Object.keys(rowSchema.shape), 'why', 'undo', 'examples'].sort(),
    );
    for (const property of Object.values<{ description?: string }>(row.properties))
      expect(property.description).toMatch(/.{10}/);
  });

  it('says what each attribute is, however deep it is', () => {
    const silent: string[] = [];
    const look = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [keyword, value] of Object.entries(schema))
        if (keyword !== 'properties' || path.endsWith('.if')) look(value, `${path}.${keyword}`);
        else
          for (const [name, each] of Object.entries(value as Record<string, { description?: string }>)) {
            if (!/.{10}/.test(each.description ?? '')) silent.push(`${path}.${name}`);
            look(each, `${path}.${name}`);
          }
    };
    look(published, '');
    expect(silent).toEqual([]);
  });

  it.each(['why', 'undo'])('demands %s', (name) => {
    const { [name]: _, ...without } = aPackRow({}) as Record<string, unknown>;
    expect(ofARow.safeParse(without).success).toBe(false);
  });

  it('knows what goes together', () => {
    expect(published.definitions.row).toMatchObject({
      dependencies: { rollbackDocument: ['rollbackParameters'], rollbackParameters: ['rollbackDocument'] },
      if: { properties: { onStillRed: { const: 'rollback' } } },
    });
    expect(published.definitions.row.then).toEqual({ required: ['rollbackDocument'] });
  });
});
