/**
 * Buffers that are used again: memory that threads hand to each other is given back late, and a large file would take
 * more and more of it.
 */
export class BufferPool {
  readonly #free: Buffer[] = [];
  readonly #bytes: number;

  /** @param bytes of each buffer */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** One that is at least so large, in memory of its own. */
  take(bytes: number): Buffer {
    if (bytes > this.#bytes) return Buffer.allocUnsafeSlow(bytes);
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#bytes);
  }

  /** Nobody uses it any more. What is larger than others was wanted once, and is not kept. */
  give(memory: ArrayBuffer): void {
    if (memory.byteLength === this.#bytes) this.#free.push(Buffer.from(memory));
  }
}
