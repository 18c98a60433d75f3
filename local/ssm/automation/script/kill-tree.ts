import { readdirSync, readFileSync } from 'node:fs';

/** Rounds of looking for what has started meanwhile; each is some milliseconds. */
const ROUNDS = 20;

/**
 * Kills a process group, and on Linux also those descendants that have left it: all carry `marker` in their
 * environment, which is theirs alone.
 * @param leader of the group
 * @param marker such as `NAME=unique`
 */
export function killTree(leader: number, marker: string): void {
  kill(-leader);
  for (let round = 0; round < ROUNDS; round++) {
    const left = findMarked(marker);
    if (left.length === 0) return;
    for (const id of left) kill(id);
  }
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Ended meanwhile; on macOS a group of which nothing but zombies is left answers EPERM. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM');
}

function findMarked(marker: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(marker))
    .map(Number);
}

function environmentOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/environ`, 'latin1');
  } catch {
    // Ended meanwhile, or somebody else's: not the script's either way.
    return '';
  }
}
