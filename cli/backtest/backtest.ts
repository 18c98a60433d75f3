import { type ChunkRead, OTHERS } from './chunk.ts';
import { Course, type Settled } from './course.ts';
import { FindingTable } from './finding-table.ts';
import type { SetSummary } from './set-summary.ts';
import { type CheckTally, type Count, Tally } from './tally.ts';

export interface BacktestOptions {
  /** One or two: what is tried, and what it is held against. */
  readonly sets: readonly Pick<SetSummary, 'mappings'>[];
  /** Events that were sent before are played, and not counted. In milliseconds. */
  readonly from?: number | undefined;
  /** Events that were sent then or later are left out. In milliseconds. */
  readonly to?: number | undefined;
  /** How many findings are kept in mind. @default 400,000 */
  readonly mostFindings?: number;
}

/** A line that could not be read, or an event in it. */
export interface Fault {
  readonly file: string;
  /** From 1; of a JSON document that is no list of lines, the event's place in it. */
  readonly line: number;
  readonly message: string;
}

const MOST_FINDINGS = 400_000;
const MOST_UNKNOWN = 200;
const MOST_FAULTS = 20;

/** Marks of an episode, two for each set of mappings: what waits is decided anew; it has been counted as arrived. */
const MARKS_PER_SET = 2;
const WAITS = 0b01;
const ARRIVED = 0b10;

/** A sighting that begins an episode, or that goes on with one that waits. */
interface Turn {
  readonly at: number;
  /** Of the table. */
  readonly row: number;
  readonly isNew: boolean;
}

/** A chunk, and what its reader means by its numbers. */
interface Taken {
  readonly chunk: ChunkRead;
  readonly numbering: Numbering;
  readonly resourceOf: (at: number) => string | undefined;
}

/** Names and outcomes by the numbers that a reader has given them. */
interface Numbering {
  readonly checks: CheckTally[];
  /** One for each set of mappings. */
  readonly outcomes: (readonly number[])[];
}

/** Plays recorded findings, chunk by chunk in their order, and counts what comes of them. */
export class Backtest {
  readonly tally: Tally;
  readonly courses: readonly Course[];
  readonly table: FindingTable;
  readonly unknown = new Map<string, number>();
  readonly faults: Fault[] = [];
  lines = 0;
  events = 0;
  findings = 0;
  stale = 0;
  faultCount = 0;
  #file = '';
  /** Of all files before. */
  #linesBefore = 0;
  readonly #numberings = new Map<unknown, Numbering>();
  readonly #from: number;
  readonly #to: number;
  /** Whatever begins is to be decided, and until then it waits. */
  readonly #begins: number;

  constructor({ sets, from, to, mostFindings = MOST_FINDINGS }: BacktestOptions) {
    this.tally = new Tally(sets.length);
    this.courses = sets.map(({ mappings }) => new Course(mappings));
    this.table = new FindingTable(mostFindings);
    this.#from = from ?? Number.NEGATIVE_INFINITY;
    this.#to = to ?? Number.POSITIVE_INFINITY;
    this.#begins = sets.reduce((marks, _, index) => marks | (WAITS << (index * MARKS_PER_SET)), 0);
  }

  /** What comes now is from that file: its lines are counted from 1. */
  open(file: string): void {
    if (file === this.#file) return;
    this.#file = file;
    this.#linesBefore = this.lines;
  }

  /** @param reader whoever read the chunk: names and outcomes have numbers of its own */
  take(chunk: ChunkRead, reader: unknown): void {
    const numbering = this.#numberings.get(reader) ?? { checks: [], outcomes: [] };
    this.#numberings.set(reader, numbering);
    for (const { name, mapped } of chunk.newChecks) numbering.checks.push(this.tally.checkOf(name, mapped));
    for (const outcomes of chunk.newOutcomes)
      numbering.outcomes.push(outcomes.map((outcome) => this.tally.numberOf(outcome)));
    this.#note(chunk);
    this.#track({ chunk, numbering, resourceOf: resourcesIn(chunk) });
  }

  /** A line of which nothing was kept. */
  skip(message: string): void {
    this.lines += 1;
    this.#fault(this.lines, message);
  }

  #note({ lines, events, unknown, faults, faultCount }: ChunkRead): void {
    for (const { line, message } of faults) this.#fault(this.lines + line, message);
    this.faultCount += faultCount - faults.length;
    for (const [label, count] of unknown) {
      const name = this.unknown.has(label) || this.unknown.size < MOST_UNKNOWN ? label : OTHERS;
      this.unknown.set(name, (this.unknown.get(name) ?? 0) + count);
    }
    this.lines += lines;
    this.events += events;
  }

  #fault(line: number, message: string): void {
    this.faultCount += 1;
    if (this.faults.length >= MOST_FAULTS) return;
    this.faults.push({ file: this.#file, line: line - this.#linesBefore, message });
  }

  #track(taken: Taken): void {
    const { chunk, numbering } = taken;
    const { sightings } = chunk;
    this.table.reserve(sightings.count);
    for (let at = 0; at < sightings.count; at += 1) {
      const sent = sightings.sent[at] ?? 0;
      if (sent >= this.#to) continue;
      const { news, row } = this.table.track(sightings, at, this.#begins);
      if (sent >= this.#from) {
        this.findings += 1;
        if (news === 'stale') this.stale += 1;
        const check = numbering.checks[sightings.check[at] ?? 0];
        if (check) check.events += 1;
        this.tally.dayOf(sent).events += 1;
      }
      if (news === 'episode' || news === 'again') this.#settle({ at, row, isNew: news === 'episode' }, taken);
    }
  }

  #settle({ at, row, isNew }: Turn, { chunk: { sightings }, numbering, resourceOf }: Taken): void {
    const marks = isNew ? this.#begins : this.table.marksOf(row);
    const check = numbering.checks[sightings.check[at] ?? 0];
    const outcomes = numbering.outcomes[sightings.outcome[at] ?? 0];
    if (check === undefined || outcomes === undefined)
      throw new RangeError('A reader names checks and outcomes before it counts them');
    const sent = sightings.sent[at] ?? 0;
    const step = { key: courseKeyOf(sightings, at), check: check.check, now: new Date(sent) };
    const settled = this.courses.map((course, set): Settled | undefined => {
      const mine = marks >> (set * MARKS_PER_SET);
      if ((mine & WAITS) === 0) return undefined;
      return course.settle(this.tally.outcomeOf(outcomes[set] ?? 0), {
        ...step,
        arrived: !isNew && (mine & ARRIVED) !== 0,
      });
    });
    this.table.mark(row, settled.reduce(withMarks, 0));
    if (sent < this.#from) return;
    const count = { check, day: this.tally.dayOf(sent), resource: () => resourceOf(at) };
    this.#count(count, settled, isNew);
  }

  #count(count: Count, settled: readonly (Settled | undefined)[], isNew: boolean): void {
    const outcomes = settled.flatMap((each) => (each === undefined ? [] : [each.outcome]));
    if (isNew) {
      this.tally.countEpisode(
        count,
        outcomes.map((outcome) => this.tally.numberOf(outcome)),
      );
      return;
    }
    for (const [set, each] of settled.entries())
      if (each?.outcome.action === 'start') this.tally.countStartedLater(count, set);
  }
}

function withMarks(marks: number, settled: Settled | undefined, set: number): number {
  if (!settled?.waits) return marks;
  return marks | ((settled.arrived ? WAITS | ARRIVED : WAITS) << (set * MARKS_PER_SET));
}

/** They are taken out once one of them is asked for. */
function resourcesIn({ resources }: ChunkRead): Taken['resourceOf'] {
  if (resources.length === 0) return () => undefined;
  let list: readonly string[] | undefined;
  return (at) => {
    list ??= JSON.parse(Buffer.from(resources).toString()) as readonly string[];
    return list[at];
  };
}

/** 53 of the 64 bits. */
function courseKeyOf({ high, low }: ChunkRead['sightings'], at: number): number {
  return (high[at] ?? 0) * 2 ** 21 + ((low[at] ?? 0) >>> 11);
}
