import { createHash } from 'node:crypto';

/** A number from 0 to 1 (exclusive) that looks random and is the same for the same text: a replay waits as long. */
export function jitterOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
