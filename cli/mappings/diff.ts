import { printJson } from '../ui.ts';
import { changesAsJson, changesTo, renderChanges } from './changes.ts';
import { packFile } from './load.ts';
import { type PutOptions, rowsOf } from './put.ts';
import { withTable } from './with-table.ts';

/** Prints what `put` or `install` would change. @returns 0: nothing; 1: something */
export async function diffMappings(filesOrPacks: readonly string[], options: PutOptions): Promise<number> {
  const rows = await rowsOf(filesOrPacks.map(packFile), options);
  return withTable(options, async ({ table, ui }) => {
    const changes = changesTo(await table.find(rows.map(({ checkName }) => String(checkName))), rows);
    const differs = changes.some(({ kind }) => kind !== 'same');
    if (options.json) printJson(ui, { differs, changes: changesAsJson(changes) });
    else ui.print(renderChanges(changes).join('\n'));
    return differs ? 1 : 0;
  });
}
