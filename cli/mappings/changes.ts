import { isDeepStrictEqual } from 'node:util';
import pc from 'picocolors';
import { diffLines } from '../diff.ts';
import { printable } from '../terminal.ts';
import type { Change, StoredRow } from './mapping-table.ts';
import type { Row } from './mappings-file.ts';
import { count } from './validate.ts';

/** What is to happen with a row. */
export interface RowChange extends Change {
  readonly kind: 'add' | 'change' | 'remove' | 'same';
}

/** What the table lacks of rows. */
export function changesTo(found: ReadonlyMap<string, StoredRow>, rows: readonly Row[]): RowChange[] {
  return rows.map((after) => {
    const checkName = String(after.checkName);
    const before = found.get(checkName);
    const kind = before === undefined ? 'add' : isSame(before.row, after) ? 'same' : 'change';
    return { checkName, before, after, kind };
  });
}

/** Templates are texts: what they hold counts, not how it is written. */
function isSame(a: Row, b: Row): boolean {
  return isDeepStrictEqual(comparable(a), comparable(b));
}

const TEMPLATES: readonly string[] = ['automationParameters', 'rollbackParameters'];

function comparable(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, TEMPLATES.includes(name) ? parsed(value) : value]),
  );
}

function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

const SIGNS = { add: '+', change: '~', remove: '-', same: '=' } as const;
const COLOURS = { add: pc.green, change: pc.yellow, remove: pc.red, same: pc.dim } as const;

/** For people: each row with the attributes that change, and a summary. */
export function renderChanges(changes: readonly RowChange[]): string[] {
  const lines = changes.flatMap((change) => {
    const head = COLOURS[change.kind](printable(`${SIGNS[change.kind]} ${change.checkName}`));
    return change.kind === 'same' ? [head] : [head, ...attributeLines(change)];
  });
  return [...lines, summaryOf(changes)];
}

export function summaryOf(changes: readonly RowChange[]): string {
  const of = (kind: RowChange['kind']) => changes.filter((change) => change.kind === kind).length;
  return `${count(changes.length, 'row')}: ${of('add')} to add, ${of('change')} to change, ${of('remove')} to remove, ${of('same')} the same`;
}

/** Only what differs; under its row's name. */
function attributeLines({ before, after }: RowChange): string[] {
  const old = before?.row ?? {};
  const fresh = after ?? {};
  const names = Object.keys({ ...old, ...fresh }).filter(
    (name) => name !== 'checkName' && !isDeepStrictEqual(comparable(old)[name], comparable(fresh)[name]),
  );
  return diffLines(picked(old, names), picked(fresh, names)).map((line) => `    ${line}`);
}

function picked(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
}

/** For programs. */
export function changesAsJson(changes: readonly RowChange[]) {
  return changes.map(({ checkName, kind, before, after }) => ({
    checkName,
    change: kind,
    before: before?.row ?? null,
    after: after ?? null,
  }));
}
