import { RemediatorError } from '../../shared/domain/errors.ts';
import { type Mapping, mappingFrom } from '../../shared/domain/mapping.ts';
import { DEFAULTS_ROW } from '../../shared/domain/mapping-schema.ts';
import { createMappingTable } from '../mappings/mapping-table.ts';
import type { Row } from '../mappings/mappings-file.ts';
import type { DoctorDeps } from './check.ts';

/** AutomationMappingTable as it holds: what is broken is never acted upon. */
export interface MappingRows {
  readonly defaults: Row | undefined;
  readonly good: readonly Mapping[];
  readonly broken: readonly { readonly checkName: string; readonly error: RemediatorError }[];
}

export async function readMappingRows({ aws, tables }: DoctorDeps): Promise<MappingRows> {
  const table = createMappingTable(await aws.dynamoDb(), tables.automationMappingTable);
  const rows = (await table.list()).map(({ row }) => row);
  const defaults = rows.find(({ checkName }) => checkName === DEFAULTS_ROW);
  const good: Mapping[] = [];
  const broken: { checkName: string; error: RemediatorError }[] = [];
  for (const row of rows) {
    if (row === defaults) continue;
    try {
      good.push(mappingFrom(row, defaults));
    } catch (error) {
      if (!(error instanceof RemediatorError)) throw error;
      broken.push({ checkName: String(row.checkName), error });
    }
  }
  return { defaults, good, broken };
}
