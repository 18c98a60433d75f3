import type { FindingKey } from './sightings.ts';

/** A power of two. With 12 bytes each they take 1.5 MB. */
const SLOTS = 2 ** 17;

/**
 * What came of findings that were decided about: most are seen again, and deciding takes as long as reading. What is newer
 * takes the place of what is older.
 */
export class OutcomeMemo {
  readonly #high = new Uint32Array(SLOTS);
  readonly #low = new Uint32Array(SLOTS);
  /** Number of the outcome + 1; 0: none. */
  readonly #outcomes = new Uint32Array(SLOTS);

  /** Number of its outcome; undefined: it has to be decided about. */
  recall({ high, low }: FindingKey): number | undefined {
    const slot = low % SLOTS;
    if (this.#high[slot] !== high || this.#low[slot] !== low) return undefined;
    const kept = this.#outcomes[slot] ?? 0;
    return kept === 0 ? undefined : kept - 1;
  }

  keep({ high, low }: FindingKey, outcome: number): void {
    const slot = low % SLOTS;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#outcomes[slot] = outcome + 1;
  }
}
