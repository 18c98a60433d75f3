import pc from 'picocolors';
import { printable } from './terminal.ts';

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
/** Times, states and IDs are not shortened: people copy them. What is longer than this is a text. */
const LONGEST_WHOLE = 20;
/** A text that has less room than this stands below its row, whole. */
const LEAST = 24;

/** A list for people. On a terminal, what is too wide is shortened or moved below; elsewhere nothing is. */
export function renderRows(
  headers: readonly string[],
  rows: readonly Row[],
  columns = columnsOfOutput(),
): string {
  const natural = headers.map((header, index) =>
    Math.max(header.length, ...rows.map(({ cells }) => textOf(cells[index]).length)),
  );
  const widths = widthsIn(natural, columns);
  const line = (cells: Row['cells']) => {
    const padded = cells.flatMap((cell, index) => {
      const width = widths[index];
      if (width === undefined) return [];
      const text = shortenMiddle(textOf(cell), width);
      const gap = ' '.repeat(Math.max(width - text.length, 0));
      return [`${typeof cell === 'string' ? text : cell.paint(text)}${gap}`];
    });
    return padded.join(GAP).trimEnd();
  };
  return [
    pc.dim(line(headers)),
    ...rows.flatMap(({ cells, below }) => [
      line(cells),
      ...cells.flatMap((cell, index) =>
        widths[index] === undefined && textOf(cell) !== '' ? [`${GAP}${textOf(cell)}`] : [],
      ),
      ...(below === undefined ? [] : [`${GAP}${pc.dim(textOf(below))}`]),
    ]),
  ].join('\n');
}

/** How wide a list may be: as the terminal is; what is no terminal takes all. */
export function columnsOfOutput(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}

/** How wide each column is; undefined: it has too little room, and stands below. */
function widthsIn(natural: readonly number[], columns: number): readonly (number | undefined)[] {
  const gaps = GAP.length * (natural.length - 1);
  const isText = (width: number) => width > LONGEST_WHOLE;
  const whole = natural.filter((width) => !isText(width)).reduce((sum, width) => sum + width, 0);
  const room = columns - whole - gaps;
  const texts = natural.filter(isText);
  if (texts.length === natural.length || room >= texts.length * LEAST) return narrowed(natural, columns);
  return natural.map((width) => (isText(width) ? undefined : width));
}

/** Takes from the widest until they fit. */
function narrowed(natural: readonly number[], columns: number): readonly number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
  while (total() > columns) {
    const widest = Math.max(...widths);
    if (widest <= LONGEST_WHOLE) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** What tells resources apart is at the end of their ARNs. */
function shortenMiddle(text: string, columns: number): string {
  const characters = [...text];
  if (characters.length <= columns) return text;
  const head = Math.ceil((columns - 1) / 2);
  const tail = columns - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

function textOf(cell: string | Cell = ''): string {
  return printable(typeof cell === 'string' ? cell : cell.text).replaceAll('\n', ' ');
}
