import pc from 'picocolors';
import { printable } from '../terminal.ts';
import { printJson, type Ui } from '../ui.ts';
import type { Check, DoctorDeps, Result, Verdict } from './check.ts';
import { type Examined, examine } from './examine.ts';

const MARKS: Readonly<Record<Verdict, string>> = {
  pass: pc.green('✓'),
  warn: pc.yellow('!'),
  fail: pc.red('✗'),
  unknown: pc.red('?'),
  skip: pc.dim('–'),
};

export interface DoctorOptions {
  readonly json?: true;
}

/**
 * Runs all checks, a group at a time, and prints what they found.
 * @returns the exit code: 1 where something is wrong, or could not be found out
 */
export async function diagnose(
  checks: readonly Check[],
  deps: DoctorDeps & { readonly ui: Ui },
  { json }: DoctorOptions,
): Promise<0 | 1> {
  const examined: Examined[] = [];
  for (const [group, some = []] of Map.groupBy(checks, (check) => check.group)) {
    const done = await Promise.all(some.map((check) => examine(check, deps)));
    examined.push(...done);
    if (json) continue;
    deps.ui.print(`${pc.bold(group)}\n${done.flatMap(linesOf).join('\n')}`);
  }
  const results = examined.flatMap((each) => each.results);
  const count = (...verdicts: readonly Verdict[]) =>
    results.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const summary = {
    passed: count('pass'),
    warnings: count('warn'),
    failed: count('fail'),
    unknown: count('unknown'),
    skipped: count('skip'),
  };
  if (json) printJson(deps.ui, { ...summary, checks: examined.map(toJson) });
  else deps.ui.print(`\n${summaryText(summary)}`);
  return summary.failed + summary.unknown > 0 ? 1 : 0;
}

function linesOf({ check, results }: Examined): readonly string[] {
  return results.map((result) => {
    const line = printable(`${check.title}: ${result.found}`).replaceAll('\n', ' ');
    return `  ${MARKS[result.verdict]} ${line}${remedyOf(result)}`;
  });
}

function remedyOf({ remedy }: Result): string {
  return remedy === undefined ? '' : `\n      ${pc.dim(printable(remedy).replaceAll('\n', ' '))}`;
}

function toJson({ check, results }: Examined) {
  const { id, group, title } = check;
  return { id, group, title, results };
}

function summaryText(summary: Readonly<Record<string, number>>): string {
  return Object.entries(summary)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
