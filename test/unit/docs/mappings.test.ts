import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mappingFrom } from '../../../shared/domain/mapping.ts';
import { aMappingRow } from '../../helpers/findings.ts';

const page = readFileSync(new URL('../../../docs/mappings.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);

describe('docs/mappings.md', () => {
  it('has ten examples', () => {
    expect(examples).toHaveLength(10);
  });

  it.each(examples)('%s is taken as it stands', (json) => {
    const example: Record<string, unknown> = JSON.parse(json);
    const mapping =
      example.checkName === '*'
        ? mappingFrom(aMappingRow(), example)
        : mappingFrom({ ...aMappingRow(), ...example });
    for (const [name, value] of Object.entries(example)) {
      if (name in mapping && name !== 'checkName' && name !== 'opsItem')
        expect(mapping[name as keyof typeof mapping]).toEqual(value);
    }
  });
});
