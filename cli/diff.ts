import pc from 'picocolors';
import { printable } from './terminal.ts';

type Row = Readonly<Record<string, unknown>>;

/** What changes in a row, an attribute a line: `- executionMode: "automatic"`, `+ executionMode: "off"`. */
export function diffLines(before: Row | undefined, after: Row | undefined): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].sort().flatMap((name) => {
    const [old, fresh] = [textOf(before?.[name]), textOf(after?.[name])];
    const line = (text: string) => printable(`${name}: ${text}`);
    if (old === fresh) return old === undefined ? [] : [pc.dim(`  ${line(old)}`)];
    return [
      ...(old === undefined ? [] : [pc.red(`- ${line(old)}`)]),
      ...(fresh === undefined ? [] : [pc.green(`+ ${line(fresh)}`)]),
    ];
  });
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
