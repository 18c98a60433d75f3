import { CHECK_ITSELF } from '../../shared/domain/finding.ts';
import type { LazyFinding } from '../../shared/sources/reading.ts';
import type { Outcome } from './chunk.ts';
import { Judge, type Row } from './judge.ts';
import type { MappingSet } from './mapping-set.ts';
import { type MemoKey, OutcomeMemo } from './outcome-memo.ts';
import { BADNESS } from './sightings.ts';

/** Where a finding was seen. */
export interface Seen {
  readonly key: MemoKey;
  /** Number of its check, for which there is one name. */
  readonly check: number;
  /** In milliseconds. */
  readonly sent: number;
}

/** What came of findings, by each set of mappings. */
export interface Decided {
  /** Of what came of it. */
  readonly number: number;
  /** One for each set, where that number is told first. */
  readonly fresh?: readonly Outcome[];
  /** It is one of the first of its check of which this came. */
  readonly isExample: boolean;
}

/** How many resources are named for each check and outcome. */
const MOST_EXAMPLES = 12;
/** How many combinations of check and outcome are remembered before it begins anew. */
const MOST_REMEMBERED = 20_000;
const NO_DETAIL = {};

/** Decides about findings by each set of mappings, and gives numbers to what comes of them. */
export class Decider {
  readonly #judges: readonly Judge[];
  readonly #memo = new OutcomeMemo();
  readonly #numbers = new Map<string, number>();
  readonly #exampleCounts = new Map<string, number>();

  constructor(sets: readonly MappingSet[]) {
    this.#judges = sets.map((set) => new Judge(set));
  }

  /** Whether a row of any set is for the check. */
  isMapped(finding: LazyFinding): boolean {
    return this.#judges.some((judge) => judge.rowOf(finding) !== undefined);
  }

  decide(finding: LazyFinding, seen: Seen): Decided {
    const rows = this.#judges.map((judge) => judge.rowOf(finding));
    const needsDetail = rows.some((row) => row?.needsDetail);
    // Whatever else an outcome depends on is the same whenever the finding is seen.
    const isLasting = !needsDetail && rows.every((row) => row?.isTimeless ?? true);
    const key = isLasting ? memoKeyOf(finding, seen, rows) : undefined;
    const known = key && this.#memo.recall(key);
    if (known !== undefined) return { number: known, isExample: false };
    const whole = { ...finding, detail: needsDetail ? finding.detail() : NO_DETAIL };
    const now = new Date(seen.sent);
    const outcomes = this.#judges.map((judge, index) => judge.outcomeOf(whole, { row: rows[index], now }));
    const { number, isFresh } = this.#numberOf(outcomes);
    if (key) this.#memo.keep(key, number);
    const isExample = this.#isExample(`${seen.check} ${number}`);
    return { number, isExample, ...(isFresh ? { fresh: outcomes } : {}) };
  }

  #numberOf(outcomes: readonly Outcome[]) {
    const name = outcomes
      .map(({ action, code, runbook, row }) => `${action}\n${code}\n${runbook}\n${row}`)
      .join('\n');
    const known = this.#numbers.get(name);
    if (known !== undefined) return { number: known, isFresh: false };
    const number = this.#numbers.size;
    this.#numbers.set(name, number);
    return { number, isFresh: true };
  }

  #isExample(combination: string): boolean {
    const count = this.#exampleCounts.get(combination) ?? 0;
    if (count >= MOST_EXAMPLES) return false;
    if (this.#exampleCounts.size >= MOST_REMEMBERED) this.#exampleCounts.clear();
    this.#exampleCounts.set(combination, count + 1);
    return true;
  }
}

/** A finding's key, and what can differ from one sighting of it to the next. */
function memoKeyOf(
  { status, resourceType }: LazyFinding,
  { key, check }: Seen,
  rows: readonly (Row | undefined)[],
): MemoKey {
  const state = BADNESS[status] * 2 + (resourceType === CHECK_ITSELF ? 1 : 0);
  const all = rows.reduce((sum, row) => Math.imul(sum, 0x10001) + (row?.number ?? 0), check * 8 + state);
  return { high: (key.high ^ Math.imul(all, 0x9e3779b1)) >>> 0, low: key.low };
}
