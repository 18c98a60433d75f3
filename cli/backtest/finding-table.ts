import { BADNESS, type Sightings } from './sightings.ts';

/** What a sighting means for its finding. */
export type News =
  /** Older than what is known, or a copy of it. */
  | 'stale'
  /** Newer, and nothing is to be decided: Green, or Red again. */
  | 'newer'
  /** Red or Yellow after Green, or for the first time. */
  | 'episode'
  /** Red or Yellow again, while something waits. */
  | 'again';

export interface Told {
  readonly news: News;
  /** Where the finding's marks are. */
  readonly row: number;
}

/** How many findings were forgotten, since there are only so many that can be kept in mind. */
export interface Forgotten {
  green: number;
  open: number;
}

const GREEN = BADNESS.Green;
/** In the byte of a finding: two bits of status, then marks. */
const STATUS_BITS = 2;
const STATUS_MASK = (1 << STATUS_BITS) - 1;
/** Beyond a fortnight the difference of its two times tells nothing. */
const MOST_LAG_MS = 2 ** 30;
const NO_LAG = -(2 ** 31);

/**
 * CheckTrackerTable in the memory of one process: what an event changes is what shared/aws/check-update.ts says. Findings
 * have 21 bytes each, and 8 of an index.
 */
export class FindingTable {
  readonly forgotten: Forgotten = { green: 0, open: 0 };
  readonly #most: number;
  #count = 0;
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #ordered: Float64Array;
  readonly #lag: Int32Array;
  readonly #flags: Uint8Array;
  /** Row + 1 by the lowest bits of `low`; 0: none. */
  readonly #index: Int32Array;

  /** @param most how many findings are kept in mind. Memory is taken as they come. */
  constructor(most: number) {
    this.#most = most;
    this.#high = new Uint32Array(most);
    this.#low = new Uint32Array(most);
    this.#ordered = new Float64Array(most);
    this.#lag = new Int32Array(most);
    this.#flags = new Uint8Array(most);
    this.#index = new Int32Array(indexLengthOf(most));
  }

  /** Makes room for so many more, and forgets what it has to. Rows that were told before no longer hold. */
  reserve(more: number): void {
    if (this.#count + more > this.#most) this.#forget(more);
  }

  /** @param marks those that a new episode begins with */
  track(sightings: Sightings, at: number, marks: number): Told {
    const high = sightings.high[at] ?? 0;
    const low = sightings.low[at] ?? 0;
    const status = sightings.status[at] ?? GREEN;
    const slot = this.#slotOf(high, low);
    const known = (this.#index[slot] ?? 0) - 1;
    if (known < 0) {
      const row = this.#count;
      if (row >= this.#most) throw new RangeError('reserve() comes first');
      this.#count += 1;
      this.#index[slot] = row + 1;
      this.#high[row] = high;
      this.#low[row] = low;
      this.#write(row, sightings, at);
      this.#flags[row] = status | (status === GREEN ? 0 : marks << STATUS_BITS);
      return { news: status === GREEN ? 'newer' : 'episode', row };
    }
    const flags = this.#flags[known] ?? 0;
    const before = flags & STATUS_MASK;
    if (!this.#isNews(known, sightings, at)) return { news: 'stale', row: known };
    this.#write(known, sightings, at);
    if (status === GREEN) {
      this.#flags[known] = GREEN;
      return { news: 'newer', row: known };
    }
    if (before === GREEN) {
      this.#flags[known] = status | (marks << STATUS_BITS);
      return { news: 'episode', row: known };
    }
    const kept = flags >> STATUS_BITS;
    this.#flags[known] = status | (kept << STATUS_BITS);
    return { news: kept === 0 ? 'newer' : 'again', row: known };
  }

  /** Of an episode: what was noted about it. */
  marksOf(row: number): number {
    return (this.#flags[row] ?? 0) >> STATUS_BITS;
  }

  /** Notes up to six bits about an episode. */
  mark(row: number, marks: number): void {
    const status = (this.#flags[row] ?? 0) & STATUS_MASK;
    this.#flags[row] = status | (marks << STATUS_BITS);
  }

  /** Newer; of the same moment seen later; seen at the same time, worse. */
  #isNews(row: number, sightings: Sightings, at: number): boolean {
    const later = (sightings.ordered[at] ?? 0) - (this.#ordered[row] ?? 0);
    if (later !== 0) return later > 0;
    const isWorse = (sightings.status[at] ?? GREEN) > ((this.#flags[row] ?? 0) & STATUS_MASK);
    const lag = lagOf(sightings, at);
    if (lag === NO_LAG) return isWorse;
    const lagBefore = this.#lag[row] ?? NO_LAG;
    if (lagBefore === NO_LAG) return false;
    return lag < lagBefore || (lag === lagBefore && isWorse);
  }

  #write(row: number, sightings: Sightings, at: number): void {
    this.#ordered[row] = sightings.ordered[at] ?? 0;
    this.#lag[row] = lagOf(sightings, at);
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#index.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const row = (this.#index[slot] ?? 0) - 1;
      if (row < 0 || (this.#low[row] === low && this.#high[row] === high)) return slot;
    }
  }

  /** Green ones first; then, until half of the room is free, those that were not seen for longest. */
  #forget(more: number): void {
    const open = this.#flags.subarray(0, this.#count).reduce((sum, flags) => sum + Number(isOpen(flags)), 0);
    const kept = Math.max(Math.min(open, this.#most >> 1, this.#most - more), 0);
    const since = kept === open ? Number.NEGATIVE_INFINITY : this.#medianTime(1 - kept / open);
    let count = 0;
    for (let row = 0; row < this.#count; row += 1) {
      const flags = this.#flags[row] ?? 0;
      if (isOpen(flags) && count < kept && (this.#ordered[row] ?? 0) >= since) {
        this.#move(row, count);
        count += 1;
      } else if (isOpen(flags)) this.forgotten.open += 1;
      else this.forgotten.green += 1;
    }
    this.#count = count;
    this.#reindex();
  }

  #move(from: number, to: number): void {
    this.#high[to] = this.#high[from] ?? 0;
    this.#low[to] = this.#low[from] ?? 0;
    this.#ordered[to] = this.#ordered[from] ?? 0;
    this.#lag[to] = this.#lag[from] ?? 0;
    this.#flags[to] = this.#flags[from] ?? 0;
  }

  /** The time before which such a share of the open ones was seen last: by a sample of them. */
  #medianTime(share: number): number {
    const step = Math.max(1, Math.floor(this.#count / 10_000));
    const times: number[] = [];
    for (let row = 0; row < this.#count; row += step)
      if (isOpen(this.#flags[row] ?? 0)) times.push(this.#ordered[row] ?? 0);
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length * share)] ?? Number.NEGATIVE_INFINITY;
  }

  #reindex(): void {
    this.#index.fill(0);
    for (let row = 0; row < this.#count; row += 1)
      this.#index[this.#slotOf(this.#high[row] ?? 0, this.#low[row] ?? 0)] = row + 1;
  }
}

function isOpen(flags: number): boolean {
  return (flags & STATUS_MASK) !== GREEN;
}

/** A power of two, at most two thirds full. */
function indexLengthOf(rows: number): number {
  return 2 ** Math.ceil(Math.log2(rows * 1.5));
}

/** How much older what was seen is than what orders it. */
function lagOf({ ordered, observed }: Sightings, at: number): number {
  const seen = observed[at] ?? Number.NaN;
  if (Number.isNaN(seen)) return NO_LAG;
  return Math.max(-MOST_LAG_MS, Math.min(MOST_LAG_MS, (ordered[at] ?? 0) - seen));
}
