/** Keeps the beginning of what is written, and counts the rest. */
export class Capture {
  readonly #keep: number;
  readonly #parts: Buffer[] = [];
  #kept = 0;
  #total = 0;

  /** @param keep bytes */
  constructor(keep: number) {
    this.#keep = keep;
  }

  /** Bytes written so far, kept or not. */
  get total(): number {
    return this.#total;
  }

  write(part: Buffer): void {
    this.#total += part.length;
    const room = this.#keep - this.#kept;
    if (room <= 0) return;
    const taken = Buffer.from(part.subarray(0, room));
    this.#parts.push(taken);
    this.#kept += taken.length;
  }

  text(): string {
    const text = Buffer.concat(this.#parts).toString('utf8');
    const left = this.#total - this.#kept;
    return left > 0 ? `${text}\n[output truncated: ${left} more bytes]` : text;
  }
}
