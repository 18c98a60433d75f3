import type { Backtest, Fault } from './backtest.ts';
import type { Outcome } from './chunk.ts';
import type { Storm } from './course.ts';
import { type CheckTally, KINDS, type Kind, kindOf, noKinds } from './tally.ts';

/** How many episodes came to what, and why. */
export interface Counts extends Record<Kind, number> {
  /** Of `started`: those that had waited before. */
  startedLater: number;
}

/** The same episodes under both sets of mappings, where those do not agree. */
export interface Change {
  readonly check: string;
  readonly before: Reason;
  readonly after: Reason;
  readonly findings: number;
  /** A few of the resources. */
  readonly examples: readonly string[];
}

export interface Reason {
  readonly kind: Kind;
  readonly code: string;
  readonly runbook?: string;
}

export interface Counted extends Reason {
  readonly findings: number;
}

export interface CheckReport {
  readonly check: string;
  readonly events: number;
  /** Episodes: Red or Yellow after Green, or for the first time. */
  readonly findings: number;
  readonly counts: Counts;
  /** With `--against`. */
  readonly before?: Counts;
  /** What came of them by the mappings that are tried, the most frequent first. */
  readonly outcomes: readonly Counted[];
}

export interface DayReport {
  /** `2026-11-20`, in UTC. */
  readonly day: string;
  readonly events: number;
  readonly findings: number;
  readonly counts: Record<Kind, number>;
  readonly before?: Record<Kind, number>;
}

export interface Report {
  /** Lines, events in them, and findings in those. */
  readonly read: { readonly lines: number; readonly events: number; readonly findings: number };
  /** Events of findings that changed nothing: copies, and older ones. */
  readonly stale: number;
  readonly unreadable: { readonly count: number; readonly first: readonly Fault[] };
  /** Events that no source reads, the most frequent first. */
  readonly notRead: readonly { readonly event: string; readonly count: number }[];
  /** Findings that were forgotten to save memory. */
  readonly forgotten: { readonly green: number; readonly open: number; readonly starts: number };
  readonly findings: number;
  readonly counts: Counts;
  readonly before?: Counts;
  readonly newlyStarted: readonly Change[];
  readonly noLongerStarted: readonly Change[];
  /** Those that change what else is done. */
  readonly otherwise: readonly Change[];
  /** The most starts first. */
  readonly checks: readonly CheckReport[];
  readonly days: readonly DayReport[];
  readonly storms: readonly Storm[];
}

/** What a backtest has counted. The first set of mappings is the one that is tried, the second what it is held against. */
export function reportOf(backtest: Backtest): Report {
  const { tally, table, courses, lines, events, findings, stale, unknown, faults, faultCount } = backtest;
  const compares = courses.length > 1;
  const checks = [...tally.checks.values()].filter((check) => check.events > 0);
  const changes = compares ? checks.flatMap(changesOf).sort((a, b) => b.findings - a.findings) : [];
  const started = (reason: Reason) => reason.kind === 'started';
  return {
    read: { lines, events, findings },
    stale,
    unreadable: { count: faultCount, first: faults },
    notRead: [...unknown].map(([event, count]) => ({ event, count })).sort((a, b) => b.count - a.count),
    forgotten: { ...table.forgotten, starts: courses.reduce((sum, course) => sum + course.forgotten, 0) },
    findings: checks.reduce((sum, { episodes }) => sum + episodes, 0),
    counts: sumOf(checks, 0),
    ...(compares ? { before: sumOf(checks, 1) } : {}),
    newlyStarted: changes.filter(({ before, after }) => started(after) && !started(before)),
    noLongerStarted: changes.filter(({ before, after }) => started(before) && !started(after)),
    otherwise: changes.filter(({ before, after }) => started(before) === started(after)),
    checks: checks.map((check) => checkReportOf(check, compares)).sort(byStarts),
    days: tally.days().map(
      ([
        day,
        {
          events,
          episodes,
          kinds: [counts = noKinds(), before],
        },
      ]) => ({
        day,
        events,
        findings: episodes,
        counts,
        ...(before ? { before } : {}),
      }),
    ),
    storms: courses[0]?.storms ?? [],
  };
}

function checkReportOf(check: CheckTally, compares: boolean): CheckReport {
  return {
    check: check.check,
    events: check.events,
    findings: check.episodes,
    counts: sumOf([check], 0),
    ...(compares ? { before: sumOf([check], 1) } : {}),
    outcomes: outcomesOf(check),
  };
}

function sumOf(checks: readonly CheckTally[], set: number): Counts {
  const counts = { ...noKinds(), startedLater: 0 };
  for (const { groups, startedLater } of checks) {
    for (const { outcomes, count } of groups.values()) {
      const outcome = outcomes[set];
      if (outcome) counts[kindOf(outcome)] += count;
    }
    counts.startedLater += startedLater[set] ?? 0;
    counts.started += startedLater[set] ?? 0;
  }
  return counts;
}

function outcomesOf({ groups }: CheckTally): readonly Counted[] {
  const counted = new Map<string, Counted>();
  for (const { outcomes, count } of groups.values()) {
    const reason = reasonOf(outcomes[0]);
    const key = JSON.stringify(reason);
    counted.set(key, { ...reason, findings: (counted.get(key)?.findings ?? 0) + count });
  }
  return [...counted.values()].sort((a, b) => b.findings - a.findings);
}

/** Where both do the same for the same reason, nothing changes. */
function changesOf({ check, groups }: CheckTally): readonly Change[] {
  const changes = new Map<string, Change & { findings: number }>();
  for (const { outcomes, count, examples } of groups.values()) {
    const [after, before] = [reasonOf(outcomes[0]), reasonOf(outcomes[1])];
    const key = JSON.stringify([before, after]);
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    const known = changes.get(key);
    if (known) known.findings += count;
    else changes.set(key, { check, before, after, findings: count, examples });
  }
  return [...changes.values()];
}

function reasonOf(outcome: Outcome | undefined): Reason {
  if (outcome === undefined) throw new RangeError('An episode has an outcome for each set of mappings');
  const { code, runbook } = outcome;
  return { kind: kindOf(outcome), code, ...(runbook === undefined ? {} : { runbook }) };
}

function byStarts(a: CheckReport, b: CheckReport): number {
  for (const kind of KINDS) {
    const less =
      Math.max(b.counts[kind], b.before?.[kind] ?? 0) - Math.max(a.counts[kind], a.before?.[kind] ?? 0);
    if (less !== 0) return less;
  }
  return b.events - a.events || (a.check < b.check ? -1 : 1);
}
