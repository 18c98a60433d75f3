import { RemediatorError } from '../../shared/domain/errors.ts';
import { mappingFrom } from '../../shared/domain/mapping.ts';
import { DEFAULTS_ROW } from '../../shared/domain/mapping-schema.ts';
import { renderRows } from '../rows.ts';
import { printJson } from '../ui.ts';
import type { ChangeDeps } from './change-table.ts';
import type { Row } from './mappings-file.ts';
import { count } from './validate.ts';
import { type TableOptions, withTable } from './with-table.ts';

export interface ListOptions extends TableOptions {
  readonly json?: true;
}

/** Prints the rows of the table. @returns the exit code */
export function listMappings(options: ListOptions): Promise<number> {
  return withTable(options, (deps) => printRows(deps, options));
}

export async function printRows(
  { table, ui }: ChangeDeps,
  { json }: { readonly json?: true | undefined },
): Promise<number> {
  const rows = (await table.list()).map(({ row }) => row);
  const defaults = rows.find(({ checkName }) => checkName === DEFAULTS_ROW);
  if (json) {
    const modes = Object.fromEntries(rows.map((row) => [row.checkName, modeOf(row, defaults)]));
    printJson(ui, { mappings: rows, modes });
    return 0;
  }
  if (rows.length > 0)
    ui.print(
      renderRows(
        ['mode', 'check', 'runbook'],
        rows.map((row) => ({
          cells: [modeOf(row, defaults), String(row.checkName), String(row.ssmAutomationDocument ?? '')],
        })),
      ),
    );
  ui.remark(count(rows.length, 'row'));
  return 0;
}

/** The mode that holds: the row's own with that of the row `*`; `broken` is never acted upon. */
function modeOf(row: Row, defaults: Row | undefined): string {
  if (row === defaults) return String(row.executionMode ?? '-');
  try {
    return mappingFrom(row, defaults).executionMode;
  } catch (error) {
    if (error instanceof RemediatorError) return 'broken';
    throw error;
  }
}
