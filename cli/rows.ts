import pc from 'picocolors';
import { printable, shorten } from './terminal.ts';

/** A text, which may be anybody's; and what gives it its colour. */
export interface Cell {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** One thing of a list, and a sentence below it. */
export interface Row {
  readonly cells: readonly (string | Cell)[];
  readonly below?: string | undefined;
}

const GAP = '  ';
/** What a column is not made narrower than. */
const LEAST = 12;

/** A list for people. On a terminal, what is too wide is shortened; elsewhere nothing is. */
export function renderRows(
  headers: readonly string[],
  rows: readonly Row[],
  columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
): string {
  const natural = headers.map((header, index) =>
    Math.max(header.length, ...rows.map(({ cells }) => textOf(cells[index]).length)),
  );
  const widths = narrowed(natural, columns);
  const line = (cells: Row['cells']) => {
    const padded = cells.map((cell, index) => {
      const width = widths[index] ?? 0;
      const text = shorten(textOf(cell), width);
      const gap = ' '.repeat(Math.max(width - text.length, 0));
      return `${typeof cell === 'string' ? text : cell.paint(text)}${gap}`;
    });
    return padded.join(GAP).trimEnd();
  };
  return [
    pc.dim(line(headers)),
    ...rows.flatMap(({ cells, below }) => [
      line(cells),
      ...(below === undefined ? [] : [`${GAP}${pc.dim(textOf(below))}`]),
    ]),
  ].join('\n');
}

/** Takes from the widest until they fit. */
function narrowed(natural: readonly number[], columns: number): readonly number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
  while (total() > columns) {
    const widest = Math.max(...widths);
    if (widest <= LEAST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function textOf(cell: string | Cell = ''): string {
  return printable(typeof cell === 'string' ? cell : cell.text).replaceAll('\n', ' ');
}
