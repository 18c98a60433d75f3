import { OTHERS, type Outcome } from './chunk.ts';

/** What came of an episode in short. */
export type Kind = 'started' | 'asked' | 'dryRun' | 'told' | 'waited' | 'leftAlone' | 'notMapped';

export const KINDS: readonly Kind[] = [
  'started',
  'asked',
  'dryRun',
  'told',
  'waited',
  'leftAlone',
  'notMapped',
];

export function kindOf({ action, code }: Outcome): Kind {
  if (code === 'MAPPING_NOT_FOUND') return 'notMapped';
  return KIND_OF_ACTION[action];
}

const KIND_OF_ACTION: Readonly<Record<Outcome['action'], Kind>> = {
  start: 'started',
  ask: 'asked',
  dryRun: 'dryRun',
  notify: 'told',
  defer: 'waited',
  suppress: 'leftAlone',
};

/** Episodes of a check of which the same came. */
export interface Group {
  /** One for each set of mappings. */
  readonly outcomes: readonly Outcome[];
  count: number;
  /** Some of the resources. */
  readonly examples: string[];
}

/** One check, or all whose names there was no room for. */
export interface CheckTally {
  readonly check: string;
  events: number;
  episodes: number;
  readonly groups: Map<number, Group>;
  /** What had waited and was started by a later event, for each set of mappings. */
  readonly startedLater: number[];
}

export interface DayTally {
  events: number;
  episodes: number;
  /** For each set of mappings. */
  readonly kinds: readonly Record<Kind, number>[];
}

/** An episode, or what had waited, as it is counted. */
export interface Count {
  readonly check: CheckTally;
  readonly day: DayTally;
  /** Asked for while there are too few examples. */
  readonly resource: () => string | undefined;
}

/** Of checks that no mapping is for; of those that one is for there can be as many again. */
const MOST_CHECKS = 5000;
const MOST_DAYS = 4000;
const MOST_EXAMPLES = 3;
/** How many outcomes there can be: a mapping has a few. */
const MOST_OUTCOMES = 2 ** 20;
const DAY_MS = 86_400_000;
const OTHER_DAYS = Number.NEGATIVE_INFINITY;

/** What is counted, in memory that does not grow with what is read. */
export class Tally {
  readonly checks = new Map<string, CheckTally>();
  readonly #days = new Map<number, DayTally>();
  readonly #outcomes: Outcome[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #sets: number;

  /** @param sets how many sets of mappings there are */
  constructor(sets: number) {
    this.#sets = sets;
  }

  checkOf(name: string, mapped: boolean): CheckTally {
    const known = this.checks.get(name);
    if (known) return known;
    if (this.checks.size >= (mapped ? 2 * MOST_CHECKS : MOST_CHECKS) && name !== OTHERS)
      return this.checkOf(OTHERS, false);
    const startedLater = Array.from({ length: this.#sets }, () => 0);
    const fresh = { check: name, events: 0, episodes: 0, groups: new Map(), startedLater };
    this.checks.set(name, fresh);
    return fresh;
  }

  dayOf(ms: number): DayTally {
    const day = Math.floor(ms / DAY_MS);
    const known = this.#days.get(day);
    if (known) return known;
    if (this.#days.size >= MOST_DAYS && day !== OTHER_DAYS) return this.dayOf(OTHER_DAYS);
    const kinds = Array.from({ length: this.#sets }, () => noKinds());
    const fresh = { events: 0, episodes: 0, kinds };
    this.#days.set(day, fresh);
    return fresh;
  }

  /** The days in their order, `2026-11-20`. */
  days(): readonly (readonly [day: string, DayTally])[] {
    return [...this.#days]
      .sort(([a], [b]) => a - b)
      .map(([day, tally]) => [
        day === OTHER_DAYS ? OTHERS : new Date(day * DAY_MS).toISOString().replace(/T.*/, ''),
        tally,
      ]);
  }

  /** The same outcome is the same object, with a number of its own. */
  numberOf(outcome: Outcome): number {
    const key = `${outcome.action}\n${outcome.code}\n${outcome.runbook}\n${outcome.row}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#outcomes.length;
      this.#numbers.set(key, number);
      this.#outcomes.push(outcome);
    }
    return number;
  }

  outcomeOf(number: number): Outcome {
    const outcome = this.#outcomes[number];
    if (outcome === undefined) throw new RangeError(`There is no outcome ${number}`);
    return outcome;
  }

  /** @param numbers of its outcomes, one for each set of mappings */
  countEpisode({ check, day, resource }: Count, numbers: readonly number[]): void {
    check.episodes += 1;
    day.episodes += 1;
    const key = numbers.reduce((sum, number) => sum * MOST_OUTCOMES + number, 0);
    let group = check.groups.get(key);
    if (group === undefined) {
      group = { outcomes: numbers.map((number) => this.outcomeOf(number)), count: 0, examples: [] };
      check.groups.set(key, group);
    }
    group.count += 1;
    const example = group.examples.length < MOST_EXAMPLES ? resource() : undefined;
    if (example !== undefined) group.examples.push(example);
    for (const [index, outcome] of group.outcomes.entries()) add(day, index, kindOf(outcome));
  }

  countStartedLater({ check, day }: Count, set: number): void {
    check.startedLater[set] = (check.startedLater[set] ?? 0) + 1;
    add(day, set, 'started');
  }
}

function add({ kinds }: DayTally, set: number, kind: Kind): void {
  const counts = kinds[set];
  if (counts) counts[kind] += 1;
}

export function noKinds(): Record<Kind, number> {
  return { started: 0, asked: 0, dryRun: 0, told: 0, waited: 0, leftAlone: 0, notMapped: 0 };
}
