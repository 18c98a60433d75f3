import { confirm, printJson, type Ui } from '../ui.ts';
import { changesAsJson, type RowChange, renderChanges } from './changes.ts';
import type { MappingTable } from './mapping-table.ts';
import { assertOneTransaction } from './transaction.ts';

export interface ChangeDeps {
  readonly table: MappingTable;
  readonly ui: Ui;
}

export interface ChangeOptions {
  readonly yes?: true | undefined;
  readonly json?: true | undefined;
}

/**
 * Shows changes, asks, and makes them: all, or none.
 * @returns the exit code
 * @throws CliError TOO_MANY_ROWS, DECLINED, NOT_ASKED, CHANGED_MEANWHILE: nothing was changed
 */
export async function changeTable(
  { table, ui }: ChangeDeps,
  changes: readonly RowChange[],
  { yes, json }: ChangeOptions,
): Promise<number> {
  const wanted = changes.filter(({ kind }) => kind !== 'same');
  if (!json) ui.print(renderChanges(changes).join('\n'));
  if (wanted.length > 0) {
    assertOneTransaction(wanted);
    await confirm(
      ui,
      `${wanted.every(({ kind }) => kind === 'remove') ? 'Remove' : 'Change'} ${wanted.length === 1 ? 'this row' : `these ${wanted.length} rows`}?`,
      yes ? { yes } : {},
    );
    await table.apply(wanted);
  }
  if (json) printJson(ui, { changed: wanted.length, changes: changesAsJson(changes) });
  else ui.print(wanted.length > 0 ? `Done. ${HOLDS}` : 'Nothing to change.');
  return 0;
}

/** MappingStore in shared/ports.ts reads late by so much. */
const HOLDS = 'It holds within a minute.';
