import { CHECK_ITSELF } from '../../shared/domain/finding.ts';
import type { LazyFinding } from '../../shared/sources/reading.ts';
import type { Outcome } from './chunk.ts';
import { Judge, type Row } from './judge.ts';
import type { MappingSet } from './mapping-set.ts';
import { OutcomeMemo } from './outcome-memo.ts';
import { BADNESS, type FindingKey, mixed } from './sightings.ts';

/** Where a finding was seen. */
export interface Seen {
  readonly key: FindingKey;
  /** Number of its check, for which there is one name. */
  readonly check: number;
  /** In milliseconds. */
  readonly sent: number;
}

/** What came of a finding. */
export interface Decided {
  readonly number: number;
  /** One for each set of mappings, where that number is told first. */
  readonly fresh?: readonly Outcome[];
}

const NO_DETAIL = {};

/** Decides about findings by each set of mappings, and gives numbers to what comes of them. */
export class Decider {
  readonly #judges: readonly Judge[];
  readonly #memo = new OutcomeMemo();
  readonly #numbers = new Map<string, number>();

  constructor(sets: readonly MappingSet[]) {
    this.#judges = sets.map((set) => new Judge(set));
  }

  /** Whether a row of any set is for the check. */
  isMapped(finding: LazyFinding): boolean {
    return this.#judges.some((judge) => judge.rowOf(finding) !== undefined);
  }

  /** @throws RemediatorError EVENT_INCOMPLETE: a template asks for a detail, and none can be made */
  decide(finding: LazyFinding, seen: Seen): Decided {
    const rows = this.#judges.map((judge) => judge.rowOf(finding));
    const needsDetail = rows.some((row) => row?.needsDetail);
    // Whatever else an outcome depends on is the same whenever the finding is seen.
    const isLasting = !needsDetail && rows.every((row) => row?.isTimeless ?? true);
    const key = isLasting ? memoKeyOf(finding, seen, rows) : undefined;
    const known = key && this.#memo.recall(key);
    if (known !== undefined) return { number: known };
    const detail = needsDetail ? finding.detail() : NO_DETAIL;
    const tracked = { ...finding, detail, findingId: '', episode: 1 };
    const now = new Date(seen.sent);
    const decided = this.#numbered(
      this.#judges.map((judge, index) => judge.outcomeOf(tracked, { row: rows[index], now })),
    );
    if (key) this.#memo.keep(key, decided.number);
    return decided;
  }

  #numbered(outcomes: readonly Outcome[]): Decided {
    const name = outcomes
      .map(({ action, code, runbook, row }) => `${action}\n${code}\n${runbook}\n${row}`)
      .join('\n');
    const known = this.#numbers.get(name);
    if (known !== undefined) return { number: known };
    const number = this.#numbers.size;
    this.#numbers.set(name, number);
    return { number, fresh: outcomes };
  }
}

/** A finding's key, and what can differ from one sighting of it to the next. */
function memoKeyOf(
  { status, resourceType }: LazyFinding,
  { key, check }: Seen,
  rows: readonly (Row | undefined)[],
): FindingKey {
  const state = BADNESS[status] * 2 + (resourceType === CHECK_ITSELF ? 1 : 0);
  let all = mixed(key.high, mixed(check, state));
  for (const row of rows) all = mixed(all, row?.number ?? 0);
  return { high: all, low: key.low };
}
