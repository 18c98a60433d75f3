import type { ExecutionMode } from '../../shared/domain/execution-mode.ts';
import { executionModeOf, saferOf } from '../../shared/domain/execution-mode.ts';
import { CliError } from '../cli-error.ts';
import { openCatalogue } from './catalogue.ts';
import { type ChangeOptions, changeTable } from './change-table.ts';
import { changesTo } from './changes.ts';
import { loadRows, packFile } from './load.ts';
import type { Row } from './mappings-file.ts';
import { type TableOptions, withTable } from './with-table.ts';

export interface PutOptions extends TableOptions, ChangeOptions {
  readonly param?: ReadonlyMap<string, string>;
  readonly mode?: ExecutionMode;
  readonly only?: readonly string[];
}

/** Puts the rows of files into the table. @returns the exit code */
export async function putMappings(files: readonly string[], options: PutOptions): Promise<number> {
  const rows = await rowsOf(files, options);
  return withTable(options, async (deps) => {
    const found = await deps.table.find(rows.map(({ checkName }) => String(checkName)));
    return changeTable(deps, changesTo(found, rows), options);
  });
}

/** Puts a pack's rows into the table. @returns the exit code */
export function installPack(nameOrFile: string, options: PutOptions): Promise<number> {
  return putMappings([packFile(nameOrFile)], options);
}

/**
 * Rows of files as the table takes them; each check once.
 * @throws CliError MAPPING_INVALID, WRONG_PARAM, CHECK_TWICE; as readMappingsFile does
 */
export async function rowsOf(
  files: readonly string[],
  { param: given = new Map(), mode, only }: Pick<PutOptions, 'param' | 'mode' | 'only'>,
): Promise<readonly Row[]> {
  const rows = await loadRows(files, { catalogue: openCatalogue(), given, only });
  const names = rows.map(({ checkName }) => checkName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new CliError(
      'CHECK_TWICE',
      `There are two rows for ${JSON.stringify(twice)} in these files: leave one out`,
    );
  return mode === undefined ? rows : rows.map((row) => ({ ...row, executionMode: modeOf(row, mode) }));
}

/** The mode that was asked for, or the row's own where that is safer. */
function modeOf({ executionMode }: Row, mode: ExecutionMode): ExecutionMode {
  return saferOf(executionModeOf(String(executionMode)) ?? 'automatic', mode);
}
