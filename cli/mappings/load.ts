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
 * The rows of files as the table takes them, parameters filled in.
 * @throws CliError WRONG_PARAM, NO_MAPPING, MAPPING_INVALID; as readMappingsFile does
 */
export async function loadRows(files: readonly string[], options: LoadOptions): Promise<readonly Row[]> {
  const sound: MappingsFile[] = [];
  for (const file of files) sound.push(await loadSound(file, options.catalogue));
  assertNamed(sound, options);
  const rows: Row[] = [];
  for (const mappings of sound) rows.push(...(await rowsOf(mappings, options)));
  return rows;
}

async function rowsOf(sound: MappingsFile, { catalogue, given, only }: LoadOptions): Promise<readonly Row[]> {
  const { file } = sound;
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
      `${file}, with these parameters: ${wrong.message}. Nothing was changed`,
      {
        exitCode: 1,
      },
    );
  return filled.rows.map(({ row }) => toTableRow(row));
}

/** What was said in vain is a slip. @throws CliError WRONG_PARAM, NO_MAPPING */
function assertNamed(files: readonly MappingsFile[], { given, only = [] }: LoadOptions): void {
  const declared = files.flatMap(({ parameters }) => Object.keys(parameters));
  for (const name of given.keys())
    if (!declared.includes(name))
      throw new CliError('WRONG_PARAM', `there is no parameter ${name}${didYouMean(name, declared)}`);
  const names = files.flatMap((file) => file.rows.map(({ row }) => nameOf(row, file, given)));
  const missing = only.find((name) => !names.includes(name));
  if (missing === undefined) return;
  const [first, ...others] = files.map(({ file }) => file);
  throw new CliError(
    'NO_MAPPING',
    `${[first, ...others].join(', ')} ${others.length > 0 ? 'have' : 'has'} no row for ${JSON.stringify(missing)}${didYouMean(missing, names)}`,
  );
}

/** The check of a row, which a parameter may name. */
function nameOf(row: Row, { parameters }: MappingsFile, given: ReadonlyMap<string, string>): string {
  const defaults = Object.entries(parameters).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return String(fillParameters(row.checkName, new Map([...defaults, ...given])));
}

/** Only some rows of a file, and the parameters that they name. */
function restrictedTo(
  only: readonly string[],
  mappings: MappingsFile,
  given: ReadonlyMap<string, string>,
): MappingsFile {
  const rows = mappings.rows.filter(({ row }) => only.includes(nameOf(row, mappings, given)));
  const named = new Set(rows.flatMap(({ row }) => parametersNamedIn(row)));
  const parameters = Object.fromEntries(
    Object.entries(mappings.parameters).filter(([name]) => named.has(name) || given.has(name)),
  );
  return { ...mappings, rows, parameters };
}
