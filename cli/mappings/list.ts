import { RemediatorError } from '../../shared/domain/errors.ts';
import { mappingFrom } from '../../shared/domain/mapping.ts';
import { DEFAULTS_ROW } from '../../shared/domain/mapping-schema.ts';
import { printable } from '../terminal.ts';
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
  if (json) {
    printJson(ui, { mappings: rows });
    return 0;
  }
  const defaults = rows.find(({ checkName }) => checkName === DEFAULTS_ROW);
  const table_ = [
    ['MODE', 'CHECK', 'RUNBOOK'],
    ...rows.map((row) => [
      modeOf(row, defaults),
      oneLine(row.checkName),
      oneLine(row.ssmAutomationDocument ?? ''),
    ]),
  ];
  const widths = [0, 1].map((column) => Math.max(...table_.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of table_)
    ui.print(
      printable(
        cells
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      ),
    );
  ui.remark(count(rows.length, 'row'));
  return 0;
}

/** People write the rows. */
function oneLine(value: unknown): string {
  return String(value).replaceAll(/\s/g, ' ');
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
