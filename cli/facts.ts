import pc from 'picocolors';
import { printable } from './terminal.ts';

/** Names and values below each other; what is not there is left out. */
export function factLines(facts: Readonly<Record<string, unknown>>): string[] {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...known.map(([name]) => printable(name).length));
  return known.map(([name, value]) => {
    const text =
      typeof value === 'string' ? value : value instanceof Date ? value.toISOString() : JSON.stringify(value);
    const indent = `\n${' '.repeat(width + 2)}`;
    return `${pc.dim(printable(name).padEnd(width))}  ${printable(text).replaceAll('\n', indent)}`;
  });
}
