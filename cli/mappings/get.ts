import { CliError } from '../cli-error.ts';
import { printable } from '../terminal.ts';
import { printJson } from '../ui.ts';
import type { ChangeDeps } from './change-table.ts';
import type { MappingTable } from './mapping-table.ts';
import { didYouMean } from './nearest.ts';
import { type TableOptions, withTable } from './with-table.ts';

export interface GetOptions extends TableOptions {
  readonly json?: true;
}

/** Prints a check's row, as `mappings put` takes it. @returns the exit code */
export function getMapping(checkName: string, options: GetOptions): Promise<number> {
  return withTable(options, (deps) => printRow(deps, checkName, options));
}

/** @throws CliError NO_MAPPING */
export async function printRow(
  { table, ui }: ChangeDeps,
  checkName: string,
  { json }: { readonly json?: true | undefined },
): Promise<number> {
  const found = (await table.find([checkName])).get(checkName);
  if (found === undefined)
    throw new CliError('NO_MAPPING', await missingChecks(table, [checkName]), { exitCode: 1 });
  if (json) printJson(ui, found.row);
  else ui.print(printable(JSON.stringify(found.row, null, 2)));
  return 0;
}

/** Says that rows are not there, and which may have been meant. */
export async function missingChecks(table: MappingTable, names: readonly string[]): Promise<string> {
  const known = (await table.list()).map(({ row }) => String(row.checkName));
  const told = names.map((name) => `${JSON.stringify(name)}${didYouMean(name, known)}`).join(', ');
  return `There is no mapping for ${told}: remediator mappings list shows those that there are.`;
}
