import { describe, expect, it } from 'vitest';
import { packNames } from '../../../cli/mappings/known-checks.ts';
import { packFile } from '../../../cli/mappings/load.ts';
import { type Row, readMappingsFile } from '../../../cli/mappings/mappings-file.ts';
import { exampleValues, fillParameters } from '../../../cli/mappings/pack-parameters.ts';
import type { Example } from '../../../cli/mappings/pack-schema.ts';
import { toTableRow } from '../../../cli/mappings/table-row.ts';
import { CHECK_ITSELF } from '../../../shared/domain/finding.ts';
import { mappingAmong } from '../../../shared/domain/mapping-rows.ts';
import { matchResource } from '../../../shared/domain/match.ts';
import { fillTemplate } from '../../../shared/domain/template.ts';
import { eventFor } from '../../helpers/pack-events.ts';
import { readOne } from '../../helpers/source-events.ts';

const packs = await Promise.all(packNames().map((name) => readMappingsFile(packFile(name))));
const rows = packs.flatMap(({ pack = '', rows: all, parameters }) =>
  all.map(({ row }) => ({ pack, row: fillParameters(row, exampleValues(parameters)) as Row })),
);
/** All packs, as the table has them. */
const table = new Map(rows.map(({ row }) => [String(row.checkName), toTableRow(row)]));

/** Each parameter set that the examples of a row expect, and the event that has to lead to it. */
const cases = rows.flatMap(({ pack, row }) =>
  (row.examples as readonly Example[]).flatMap((example) =>
    'parameters' in example.expect
      ? [[pack, String(row.checkName), { row, example, parameters: example.expect.parameters }] as const]
      : [],
  ),
);

describe('an event of each row, as its source sends it', () => {
  it('there is one for every row', () => {
    expect(new Set(cases.map(([, checkName]) => checkName)).size).toBe(rows.length);
  });

  it.each(cases)('%s: %s', (pack, _, { row, example, parameters }) => {
    const finding = readOne(eventFor(pack, row, example));
    expect(finding.status).not.toBe('Green');
    // People are told of what names no resource, and nothing is started.
    expect(finding.resourceType).not.toBe(CHECK_ITSELF);
    const mapping = mappingAmong(table, finding);
    expect(mapping).toMatchObject({ ssmAutomationDocument: row.ssmAutomationDocument });
    const { automationParameters, regexPattern } = mapping as {
      readonly automationParameters: string;
      readonly regexPattern: string;
    };
    const match = matchResource(regexPattern, finding.resource);
    expect(fillTemplate(automationParameters, finding, match)).toEqual(parameters);
  });
});
