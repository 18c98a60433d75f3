import Table from 'cli-table3';
import pc from 'picocolors';
import { printable, shorten } from '../terminal.ts';
import { startsChart } from './chart.ts';
import type { Change, CheckReport, Counts, DayReport, Reason, Report } from './report.ts';
import { KINDS, type Kind } from './tally.ts';

const TITLES: Readonly<Record<Kind, string>> = {
  started: 'started',
  asked: 'asked',
  dryRun: 'dry run',
  told: 'told',
  waited: 'waited',
  leftAlone: 'left alone',
  notMapped: 'no mapping',
};

/** How many checks, days and changes are shown; `--json` has all. */
const MOST_ROWS = 40;
const LONGEST_CHECK = 60;
const SHORTEST_CHECK = 24;
/** What the columns of numbers take, about. */
const NUMBER_COLUMNS = 14;
const DEFAULT_COLUMNS = 120;

/** The whole report for people. */
export function reportLines(report: Report, columns = process.stdout.columns ?? DEFAULT_COLUMNS): string[] {
  const { checks, days, newlyStarted, noLongerStarted, otherwise, before } = report;
  const shown = KINDS.filter((kind) => report.counts[kind] > 0 || (before?.[kind] ?? 0) > 0);
  return [
    summaryLine(report),
    '',
    checkTable(report, shown, columns),
    ...more(checks.length, 'checks'),
    '',
    ...(before === undefined
      ? []
      : [
          ...changeLines('Newly started', newlyStarted, pc.yellow),
          ...changeLines('No longer started', noLongerStarted, pc.cyan),
          ...changeLines('Otherwise different', otherwise, pc.dim),
        ]),
    dayTable(days, shown),
    ...more(days.length, 'days'),
    '',
    ...startsChart(days, columns),
  ];
}

function summaryLine({ read, findings, counts, before, days }: Report): string {
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  const when = first === undefined ? '' : first === last ? `, ${first}` : `, ${first} to ${last}`;
  const starts =
    before === undefined ? count(counts.started) : `${count(before.started)} → ${count(counts.started)}`;
  return pc.bold(
    `${count(read.events)} events${when}: ${count(findings)} findings turned Red or Yellow. Starts: ${starts}.`,
  );
}

function checkTable(report: Report, shown: readonly Kind[], columns: number): string {
  const { checks, counts, before, findings, read } = report;
  const widest = Math.max(
    SHORTEST_CHECK,
    Math.min(LONGEST_CHECK, columns - NUMBER_COLUMNS * (shown.length + 2)),
  );
  const table = tableOf(['check', 'events', 'findings', ...shown.map((kind) => TITLES[kind])]);
  for (const check of checks.slice(0, MOST_ROWS))
    table.push([
      shorten(printable(check.check).replaceAll('\n', ' '), widest),
      count(check.events),
      count(check.findings),
      ...shown.map((kind) => cell(kind, check)),
    ]);
  table.push([
    pc.bold('all'),
    count(read.findings),
    count(findings),
    ...shown.map((kind) => pair(kind, counts, before)),
  ]);
  return table.toString();
}

/** The number, and where people are told or left waiting, why. */
function cell(kind: Kind, { counts, before, outcomes }: CheckReport): string {
  const number = pair(kind, counts, before);
  const reasons = outcomes.filter((outcome) => outcome.kind === kind);
  if (!REASONED.includes(kind) || reasons.length === 0) return number;
  const codes = Map.groupBy(reasons, ({ code }) => code);
  const lines = [...codes].map(([code, each]) =>
    codes.size === 1 ? code : `${count(each.reduce((sum, { findings }) => sum + findings, 0))} ${code}`,
  );
  return [number, ...lines.map((line) => pc.dim(line))].join('\n');
}

const REASONED: readonly Kind[] = ['told', 'waited', 'leftAlone'];

function dayTable(days: readonly DayReport[], shown: readonly Kind[]): string {
  const table = tableOf(['day', 'events', 'findings', ...shown.map((kind) => TITLES[kind])]);
  for (const { day, events, findings, counts, before } of days.slice(0, MOST_ROWS))
    table.push([day, count(events), count(findings), ...shown.map((kind) => pair(kind, counts, before))]);
  return table.toString();
}

type KindCounts = Readonly<Record<Kind, number>>;

/** `before → after`, where there is a before. */
function pair(kind: Kind, counts: KindCounts | Counts, before: KindCounts | Counts | undefined): string {
  const after = counts[kind] === 0 ? pc.dim('·') : paint(kind, count(counts[kind]));
  if (before === undefined || before[kind] === counts[kind]) return after;
  return `${count(before[kind])} → ${paint(kind, count(counts[kind]))}`;
}

function paint(kind: Kind, text: string): string {
  return kind === 'started' ? pc.green(text) : kind === 'asked' ? pc.yellow(text) : text;
}

function changeLines(title: string, changes: readonly Change[], color: (text: string) => string): string[] {
  if (changes.length === 0) return [`${title}: nothing`, ''];
  const sum = changes.reduce((total, { findings }) => total + findings, 0);
  return [
    pc.bold(`${title}: ${count(sum)} findings`),
    ...changes
      .slice(0, MOST_ROWS)
      .flatMap(({ check, before, after, findings, examples }) => [
        `  ${color(count(findings))} ${shorten(printable(check), LONGEST_CHECK)}: ${reasonText(before)} → ${reasonText(after)}`,
        ...examples.map((resource) => pc.dim(`      ${shorten(printable(resource), DEFAULT_COLUMNS)}`)),
      ]),
    ...more(changes.length, 'changes'),
    '',
  ];
}

function reasonText({ kind, code, runbook }: Reason): string {
  const what = kind === 'notMapped' ? TITLES.notMapped : `${TITLES[kind]} ${runbook ?? ''}`.trim();
  return kind === 'started' || kind === 'asked' || kind === 'notMapped' ? what : `${what} (${code})`;
}

function more(length: number, what: string): string[] {
  return length > MOST_ROWS
    ? [pc.dim(`… and ${count(length - MOST_ROWS)} more ${what}: --json has them all`)]
    : [];
}

function tableOf(head: readonly string[]) {
  return new Table({
    head: head.map((title) => pc.bold(title)),
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
    // Lines between rows tell nothing, and its colours are not asked whether the output is a terminal.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
  });
}

function count(number: number): string {
  return number.toLocaleString('en');
}
