import { CliError } from '../cli-error.ts';
import { diffLines } from '../diff.ts';
import { confirm, printJson } from '../ui.ts';
import { type ExceptionDeps, readable } from './add.ts';
import { type KeyOptions, readKey } from './read-exception.ts';

/** @throws CliError as readKey; NO_EXCEPTION, DECLINED, NOT_ASKED, CHANGED_MEANWHILE */
export async function removeException(
  { table, ui }: Omit<ExceptionDeps, 'clock'>,
  options: KeyOptions & { readonly yes?: true; readonly json?: true },
): Promise<void> {
  const key = readKey(options);
  const before = await table.get(key);
  if (before === undefined)
    throw new CliError(
      'NO_EXCEPTION',
      `There is no exception of ${JSON.stringify(key.resource)} from ${JSON.stringify(key.checkName)}: remediator exceptions list shows those that there are`,
      { exitCode: 1 },
    );
  const diff = diffLines(readable(before), undefined).join('\n');
  if (options.json) ui.remark(diff);
  else ui.print(diff);
  await confirm(ui, 'Remove this exception?', options);
  await table.remove(before);
  const next = 'Removed. What it covered is decided anew within the hour, or when its finding is next seen.';
  if (options.json) printJson(ui, { removed: before, next });
  else ui.print(next);
}
