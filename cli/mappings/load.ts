import { existsSync } from 'node:fs';
import { CliError } from '../cli-error.ts';
import type { Catalogue } from './catalogue.ts';
import { checkFile } from './check-file.ts';
import { placed } from './fault.ts';
import { packNames, packPath } from './known-checks.ts';
import { type MappingsFile, type Row, readMappingsFile } from './mappings-file.ts';
import { didYouMean } from './nearest.ts';
import { fillParameters, parametersNamedIn, settleParameters } from './pack-parameters.ts';
import { toTableRow } from './table-row.ts';

/**
 * The file of a pack: one of this checkout by its name, or any file.
 * @throws CliError NO_PACK
 */
export function packFile(nameOrFile: string): string {
  const names = packNames();
  if (names.includes(nameOrFile)) return packPath(nameOrFile);
  if (/[/.]/.test(nameOrFile) || existsSync(nameOrFile)) return nameOrFile;
  throw new CliError(
    'NO_PACK',
    `There is no pack ${nameOrFile}${didYouMean(nameOrFile, names)}: name a file, or one of ${names.join(', ')}`,
  );
}

/**
 * A file without errors. Where it has some, its warnings don't matter yet.
 * @throws CliError MAPPING_INVALID; as readMappingsFile does
 */
export async function loadSound(file: string, catalogue: Catalogue): Promise<MappingsFile> {
  const mappings = await readMappingsFile(file);
  const faults = placed(await checkFile(mappings, catalogue), mappings.places);
  const [first, ...others] = faults.filter(({ severity }) => severity === 'error');
  if (first === undefined) return mappings;
  const more = others.length > 0 ? `; ${others.length} more: remediator mappings validate ${file}` : '';
  throw new CliError(
    'MAPPING_INVALID',
    `${file}:${first.line}:${first.column} ${first.message}. Nothing was changed${more}`,
    { exitCode: 1 },
  );
}

export interface LoadOptions {
  readonly catalogue: Catalogue;
  /** Values of the pack's parameters. */
  readonly given: ReadonlyMap<string, string>;
  /** Checks to take; undefined: all. */
  readonly only?: readonly string[] | undefined;
}

/**
 * The rows of a file as the table takes them, parameters filled in.
 * @throws CliError WRONG_PARAM, MAPPING_INVALID; as readMappingsFile does
 */
export async function loadRows(
  file: string,
  { catalogue, given, only }: LoadOptions,
): Promise<readonly Row[]> {
  const sound = await loadSound(file, catalogue);
  const mappings = only === undefined ? sound : restrictedTo(only, sound, given);
  const { values, faults } = settleParameters(mappings.parameters, given);
  if (faults.length > 0) throw new CliError('WRONG_PARAM', `${file}: ${faults.join('; ')}`);
  // What was sound with the pack's examples has to be so with these values, too.
  const filled = {
    ...mappings,
    parameters: {},
    faults: [],
    rows: mappings.rows.map(({ row, path }) => ({ row: fillParameters(row, values) as Row, path })),
  };
  const wrong = (await checkFile(filled, catalogue)).find(({ severity }) => severity !== 'warning');
  if (wrong !== undefined)
    throw new CliError(
      'WRONG_PARAM',
      `${file}, with these parameters: ${wrong.message}. Nothing was changed.`,
      {
        exitCode: 1,
      },
    );
  return filled.rows.map(({ row }) => toTableRow(row));
}

/** Only some rows of a file, and the parameters that they name. @throws CliError NO_MAPPING */
function restrictedTo(
  only: readonly string[],
  mappings: MappingsFile,
  given: ReadonlyMap<string, string>,
): MappingsFile {
  const defaults = Object.entries(mappings.parameters).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const values = new Map([...defaults, ...given]);
  const nameOf = (row: Row) => String(fillParameters(row.checkName, values));
  const names = mappings.rows.map(({ row }) => nameOf(row));
  for (const name of only)
    if (!names.includes(name))
      throw new CliError(
        'NO_MAPPING',
        `${mappings.file} has no row for ${JSON.stringify(name)}${didYouMean(name, names)}`,
      );
  const rows = mappings.rows.filter(({ row }) => only.includes(nameOf(row)));
  const named = new Set(rows.flatMap(({ row }) => parametersNamedIn(row)));
  // What was said in vain has to be told, so it stays.
  const parameters = Object.fromEntries(
    Object.entries(mappings.parameters).filter(([name]) => named.has(name) || given.has(name)),
  );
  return { ...mappings, rows, parameters };
}
