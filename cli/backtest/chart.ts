import { stripVTControlCharacters } from 'node:util';
import Chartscii from 'chartscii';
import pc from 'picocolors';
import type { DayReport } from './report.ts';

/** More bars than these nobody looks at: days become weeks, and those longer times. */
const MOST_BARS = 31;
const WIDEST = 60;
const LABEL_COLUMNS = 28;

/** Starts by day as bars, one below the other where two sets of mappings are compared; empty where nothing starts. */
export function startsChart(days: readonly DayReport[], columns: number): string[] {
  const dated = days.filter(({ day }) => /^\d/.test(day));
  if (!dated.some(({ counts, before }) => counts.started + (before?.started ?? 0) > 0)) return [];
  const size = sizeOf(dated.length);
  const groups = Array.from({ length: Math.ceil(dated.length / size) }, (_, index) =>
    dated.slice(index * size, (index + 1) * size),
  );
  const points = groups.flatMap(pointsOf);
  const chart = new Chartscii(points, {
    width: Math.max(10, Math.min(WIDEST, columns - LABEL_COLUMNS)),
    barSize: 1,
    padding: 0,
    naked: true,
    sort: false,
    valueLabels: true,
    colorLabels: false,
  }).create();
  const title = `Starts by ${size === 1 ? 'day' : `${size} days`}${dated[0]?.before ? `, ${pc.yellow('before')} and ${pc.cyan('after')}` : ''}`;
  // It paints always.
  const lines = (pc.isColorSupported ? chart : stripVTControlCharacters(chart)).split('\n');
  return [pc.bold(title), ...lines.map((line) => line.trimEnd()).filter((line) => line !== '')];
}

function sizeOf(days: number): number {
  if (days <= MOST_BARS) return 1;
  return Math.ceil(Math.ceil(days / MOST_BARS) / 7) * 7;
}

function pointsOf(group: readonly DayReport[]) {
  const sum = (of: (day: DayReport) => number) => group.reduce((total, day) => total + of(day), 0);
  const label = group[0]?.day ?? '';
  const after = { value: sum(({ counts }) => counts.started), label, color: 'cyan' };
  if (group[0]?.before === undefined) return [after];
  const before = { value: sum((day) => day.before?.started ?? 0), label: `${label} before`, color: 'yellow' };
  return [before, { ...after, label: `${label} after` }];
}
