import type { Fault } from '../../local/ssm/documents/fault.ts';
import { withAws } from '../aws/open-aws.ts';
import { CliError } from '../cli-error.ts';
import type { Connection } from '../connection-options.ts';
import { faultLine } from '../runbook/validate.ts';
import { openUi, printJson, type Ui } from '../ui.ts';
import { type Catalogue, openCatalogue } from './catalogue.ts';
import { checkFile } from './check-file.ts';
import { placed } from './fault.ts';
import { readMappingsFile } from './mappings-file.ts';

export interface ValidateOptions extends Pick<Connection, 'profile' | 'region' | 'endpointUrl'> {
  readonly json?: true;
}

/** One file's result; `error` where it can't be read. */
type Checked =
  | { readonly file: string; readonly rows: number; readonly faults: readonly Fault[] }
  | { readonly file: string; readonly error: { readonly code: string; readonly message: string } };

/** Checks files: offline by the bundled catalogue, or by the runbooks of the account that was named. @returns the exit code */
export async function validateMappings(files: readonly string[], options: ValidateOptions): Promise<number> {
  const { profile, region, endpointUrl, json } = options;
  const ui = openUi();
  const bundled = openCatalogue();
  const check = (catalogue: Catalogue) => validateFiles({ ui, catalogue }, files, { json });
  if (profile === undefined && region === undefined && endpointUrl === undefined) return check(bundled);
  return withAws(options, async (aws) => {
    const { openLiveCatalogue } = await import('./live-catalogue.ts');
    return check(openLiveCatalogue(await aws.ssm(), bundled));
  });
}

/** @returns the exit code */
export async function validateFiles(
  { ui, catalogue }: { readonly ui: Ui; readonly catalogue: Catalogue },
  files: readonly string[],
  { json }: { readonly json?: true | undefined },
): Promise<number> {
  const results: Checked[] = [];
  for (const file of files) {
    const result = await check(file, catalogue);
    results.push(result);
    if (json) continue;
    if ('error' in result) ui.remark(`error: ${result.error.message}`);
    else for (const fault of result.faults) ui.print(faultLine(file, fault));
  }
  const unreadable = results.filter((result) => 'error' in result).length;
  const checked = results.flatMap((result) => ('faults' in result ? [result] : []));
  const faults = checked.flatMap((result) => result.faults);
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const rows = checked.reduce((sum, result) => sum + result.rows, 0);
  const counts = { files: files.length, rows, errors, warnings: faults.length - errors, unreadable };
  if (json) printJson(ui, { ...counts, results });
  else ui.print(summary(counts));
  if (unreadable > 0) return 2;
  return errors > 0 ? 1 : 0;
}

async function check(file: string, catalogue: Catalogue): Promise<Checked> {
  try {
    const mappings = await readMappingsFile(file);
    const faults = placed(await checkFile(mappings, catalogue), mappings.places);
    return { file, rows: mappings.rows.length, faults };
  } catch (error) {
    // What AWS answers is no fault of the file.
    if (!(error instanceof CliError)) throw error;
    return { file, error: { code: error.code, message: error.message } };
  }
}

function summary(counts: Readonly<Record<'files' | 'rows' | 'errors' | 'warnings' | 'unreadable', number>>) {
  const { files, rows, errors, warnings, unreadable } = counts;
  const parts = [count(rows, 'row'), count(errors, 'error'), count(warnings, 'warning')];
  if (unreadable > 0) parts.push(`${unreadable} not readable`);
  return `${count(files, 'file')}: ${parts.join(', ')}`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
