import type { Finding, Status } from '../../shared/domain/finding.ts';
import type { MemoKey } from './outcome-memo.ts';

/** What a backtest needs of many findings, one column for each thing: cheap to hand to another thread. */
export interface Sightings {
  readonly count: number;
  /** 64 bits that stand for the finding. */
  readonly high: Uint32Array<ArrayBuffer>;
  readonly low: Uint32Array<ArrayBuffer>;
  /** What orders them, in milliseconds. */
  readonly ordered: Float64Array<ArrayBuffer>;
  /** What tells those of one moment apart, in milliseconds; NaN where the source needs no such. */
  readonly observed: Float64Array<ArrayBuffer>;
  /** When the event was sent, in milliseconds. */
  readonly sent: Float64Array<ArrayBuffer>;
  /** As in BADNESS. */
  readonly status: Uint8Array<ArrayBuffer>;
  /** Index of the check among those that their reader has named. */
  readonly check: Uint32Array<ArrayBuffer>;
  /** Index of what comes of it among the outcomes that their reader has named; 0 where it is Green. */
  readonly outcomes: Uint32Array<ArrayBuffer>;
}

/** Of two events of one moment the worse counts. */
export const BADNESS: Readonly<Record<Status, number>> = { Green: 0, Yellow: 1, Red: 2 };

type Seen = Omit<Finding, 'detail'>;

/** What stands beside the finding. */
interface Beside {
  readonly sent: number;
  readonly check: number;
}

/** Collects sightings; its columns grow, and are used again. */
export class SightingsList {
  #columns = columnsOf(1024);
  #count = 0;

  /** @returns its place */
  push(finding: Seen, { sent, check }: Beside): number {
    const at = this.#count;
    if (at === this.#columns.high.length)
      this.#columns = copied(this.#columns, { count: at, length: at * 2 });
    this.#count += 1;
    const columns = this.#columns;
    writeKey(finding, columns, at);
    columns.ordered[at] = (finding.orderedAt ?? finding.observedAt).getTime();
    columns.observed[at] = finding.orderedAt === undefined ? Number.NaN : finding.observedAt.getTime();
    columns.sent[at] = sent;
    columns.status[at] = BADNESS[finding.status];
    columns.check[at] = check;
    columns.outcomes[at] = 0;
    return at;
  }

  setOutcomes(at: number, number: number): void {
    this.#columns.outcomes[at] = number;
  }

  keyOf(at: number): MemoKey {
    return { high: this.#columns.high[at] ?? 0, low: this.#columns.low[at] ?? 0 };
  }

  clear(): void {
    this.#count = 0;
  }

  /** All of them as they are now, in memory of their own: it can be handed to another thread. */
  copy(): Sightings {
    return { count: this.#count, ...copied(this.#columns, { count: this.#count, length: this.#count }) };
  }
}

type Columns = Omit<Sightings, 'count'>;

/** Of one sighting in all columns. */
const BYTES = 41;

/** In one piece of memory. The widest columns come first: each begins at a multiple of its width. */
function columnsOf(length: number): Columns {
  const memory = new ArrayBuffer(length * BYTES);
  return {
    ordered: new Float64Array(memory, 0, length),
    observed: new Float64Array(memory, length * 8, length),
    sent: new Float64Array(memory, length * 16, length),
    high: new Uint32Array(memory, length * 24, length),
    low: new Uint32Array(memory, length * 28, length),
    check: new Uint32Array(memory, length * 32, length),
    outcomes: new Uint32Array(memory, length * 36, length),
    status: new Uint8Array(memory, length * 40, length),
  };
}

function copied(
  from: Columns,
  { count, length }: { readonly count: number; readonly length: number },
): Columns {
  const to = columnsOf(length);
  to.ordered.set(from.ordered.subarray(0, count));
  to.observed.set(from.observed.subarray(0, count));
  to.sent.set(from.sent.subarray(0, count));
  to.high.set(from.high.subarray(0, count));
  to.low.set(from.low.subarray(0, count));
  to.check.set(from.check.subarray(0, count));
  to.outcomes.set(from.outcomes.subarray(0, count));
  to.status.set(from.status.subarray(0, count));
  return to;
}

/**
 * What findingIdOf() makes a digest of, in two hashes of 32 bits: a tenth of the time. Of four million findings any two
 * have the same 64 bits with a chance of one in two million.
 */
function writeKey(finding: Seen, { high, low }: Pick<Columns, 'high' | 'low'>, at: number): void {
  const { source, checkName, sourceFindingId, account, region, resource } = finding;
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const part of [source, sourceFindingId ?? checkName, account, region, resource]) {
    const { length } = part;
    // Two characters at a time: charCodeAt behind the end would take ten times as long.
    for (let index = 1; index < length; index += 2) {
      const unit = part.charCodeAt(index - 1) | (part.charCodeAt(index) << 16);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      b = Math.imul(b ^ unit, 0x5f356495);
    }
    if (length % 2 === 1) {
      a = Math.imul(a ^ part.charCodeAt(length - 1), 0x9e3779b1);
      b = Math.imul(b ^ part.charCodeAt(length - 1), 0x5f356495);
    }
    // Parts keep their borders.
    a = Math.imul(a ^ length, 0x9e3779b1);
    b = Math.imul(b ^ length, 0x5f356495);
  }
  high[at] = mixed(a ^ (b >>> 15));
  low[at] = mixed(b ^ (a >>> 13));
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
