import type { RemediationException } from '../../shared/domain/exception.ts';
import type { Clock } from '../../shared/ports.ts';
import { diffLines } from '../diff.ts';
import { confirm, printJson, type Ui } from '../ui.ts';
import type { ExceptionTable } from './exception-table.ts';
import { type AddOptions, readException } from './read-exception.ts';

export interface ExceptionDeps {
  readonly table: ExceptionTable;
  readonly clock: Pick<Clock, 'now'>;
  readonly ui: Ui;
}

interface Asking {
  readonly yes?: true;
  readonly json?: true;
}

/**
 * Adds an exception, or changes the one that is there.
 * @throws CliError as readException; DECLINED, NOT_ASKED, CHANGED_MEANWHILE
 */
export async function addException(deps: ExceptionDeps, options: AddOptions & Asking): Promise<void> {
  const { table, clock, ui } = deps;
  const exception = readException(options, clock.now());
  const before = await table.get(exception);
  const diff = diffLines(before && readable(before), readable(exception)).join('\n');
  if (options.json) ui.remark(diff);
  else ui.print(diff);
  await confirm(ui, before ? 'Change this exception?' : 'Add this exception?', options);
  await table.put(exception, before);
  const next =
    'It holds within ten seconds: nothing that it covers is started any more. What runs already goes on to its end.';
  if (options.json) printJson(ui, { exception, before: before ?? null, next });
  else ui.print(next);
}

/** With its end as people read times. */
export function readable<Row extends Partial<RemediationException> | Readonly<Record<string, unknown>>>(
  row: Row,
): Readonly<Record<string, unknown>> {
  const { expiresAt, ...rest } = row;
  const end = new Date(Number(expiresAt) * 1000);
  if (expiresAt === undefined || Number.isNaN(end.getTime())) return row;
  return { ...rest, until: end.toISOString() };
}
