import { CliError } from '../cli-error.ts';
import { type ChangeDeps, type ChangeOptions, changeTable } from './change-table.ts';
import type { RowChange } from './changes.ts';
import { missingChecks } from './get.ts';
import { type TableOptions, withTable } from './with-table.ts';

/** Removes rows from the table. @returns the exit code */
export function removeMappings(
  checkNames: readonly string[],
  options: TableOptions & ChangeOptions,
): Promise<number> {
  return withTable(options, (deps) => removeRows(deps, checkNames, options));
}

/** @throws CliError NO_MAPPING: one of them is not there; nothing is removed */
export async function removeRows(
  deps: ChangeDeps,
  checkNames: readonly string[],
  options: ChangeOptions,
): Promise<number> {
  const names = [...new Set(checkNames)];
  const found = await deps.table.find(names);
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0)
    throw new CliError('NO_MAPPING', `${await missingChecks(deps.table, missing)} Nothing was removed.`, {
      exitCode: 1,
    });
  const changes = names.map((checkName): RowChange => {
    const before = found.get(checkName);
    return { checkName, before, after: undefined, kind: 'remove' };
  });
  return changeTable(deps, changes, options);
}
