import pc from 'picocolors';
import { type Row, renderRows } from './rows.ts';
import { printable } from './terminal.ts';
import { printJson, type Ui } from './ui.ts';

interface Page<Item> {
  /** What they are called in JSON. */
  readonly name: string;
  /** What they are called in sentences. @default name */
  readonly called?: string;
  readonly items: readonly Item[];
  /** Where the next page begins; undefined: that was all. */
  readonly nextToken: string | undefined;
  /** Rows that something other than Remediator wrote. @default none */
  readonly unreadable?: readonly { readonly findingId: string; readonly error: string }[];
  readonly headers: readonly string[];
  readonly row: (item: Item) => Row;
}

/** One page of a list, for people or programs. */
export function printPage<Item>(ui: Ui, { json }: { readonly json?: true }, page: Page<Item>): void {
  const { name, called = name, items, nextToken, unreadable = [], headers, row } = page;
  for (const { findingId, error } of unreadable)
    ui.remark(printable(`warning: ${findingId} is left out: ${error} Mend or delete the row`));
  if (json) {
    printJson(ui, {
      [name]: items,
      ...(unreadable.length === 0 ? {} : { unreadable }),
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    return;
  }
  ui.print(items.length === 0 ? `No ${called}.` : renderRows(headers, items.map(row)));
  if (nextToken !== undefined)
    ui.print(pc.dim(`There may be more: the same command with --starting-token ${nextToken}`));
}
