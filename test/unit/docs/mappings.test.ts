import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runExample } from '../../../cli/mappings/examples.ts';
import type { Row } from '../../../cli/mappings/mappings-file.ts';
import type { Example } from '../../../cli/mappings/pack-schema.ts';
import { toTableRow } from '../../../cli/mappings/table-row.ts';
import { mappingFrom } from '../../../shared/domain/mapping.ts';
import { rowSchema } from '../../../shared/domain/mapping-schema.ts';
import { FIXED_NAMES } from '../../../shared/domain/template.ts';
import { aMappingRow } from '../../helpers/findings.ts';
import { openValidation } from '../cli/mappings/validation.ts';

const page = readFileSync(new URL('../../../docs/mappings.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^### \d+\. (.+)$[\s\S]*?```json\n([\s\S]*?)```/gm)].map(
  ([, title = '', json = '']) => [title, json] as const,
);
const { validate } = openValidation();

describe('docs/mappings.md', () => {
  it('has ten examples', () => {
    expect(examples).toHaveLength(10);
    expect(page.match(/```json/g)).toHaveLength(10);
  });

  it.each(examples)('%s: nothing is wrong with it', async (_, json) => {
    expect((await validate(json)).faults).toEqual([]);
  });

  it.each(examples)('%s: what it says is what holds', (_, json) => {
    const row = toTableRow(JSON.parse(json));
    const mapping = row.checkName === '*' ? mappingFrom(aMappingRow(), row) : mappingFrom(row);
    for (const [name, value] of Object.entries(row))
      if (name in mapping && name !== 'checkName' && name !== 'opsItem')
        expect(mapping[name as keyof typeof mapping]).toEqual(value);
  });

  it.each(examples.filter(([, json]) => !json.includes('"*"')))(
    '%s: its own examples come true',
    (_, json) => {
      const row: Row = JSON.parse(json);
      expect(row.examples).toBeDefined();
      for (const example of row.examples as readonly Example[]) {
        const { actual, expected, passed } = runExample(row, example);
        expect(passed ? expected : actual).toEqual(expected);
      }
    },
  );

  it('names every attribute and every placeholder', () => {
    for (const name of Object.keys(rowSchema.shape)) expect(page).toContain(`\`${name}\``);
    for (const name of FIXED_NAMES) expect(page).toContain(`\`$${name}\``);
  });
});
