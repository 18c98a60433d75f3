import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import type { ScriptOptions } from '../deps.ts';
import { StepFailure } from '../failure.ts';

const execFileAsync = promisify(execFile);
const PROBE_MS = 10_000;
const PROBE = 'import json,sys,site; print(json.dumps([sys.executable, site.getuserbase()]))';

export interface Python {
  /** The interpreter itself, not a shim of a version manager that would have to find it anew. */
  readonly executable: string;
  /** Where packages are that a person has installed for themself. */
  readonly userBase: string;
  /** As `PATH` has them. */
  readonly path: string;
}

const known = new Map<string, Promise<Python>>();

/**
 * The interpreter that scripts run in.
 * @throws StepFailure where there is none, or it does not run
 */
export async function findPython({
  python = 'python3',
  // biome-ignore lint/style/noProcessEnv: where programs are found is no configuration of ours.
  path = process.env.PATH ?? '',
}: ScriptOptions): Promise<Python> {
  const file = isAbsolute(python) ? python : search(python, path);
  if (file === undefined) {
    throw new StepFailure(
      `The script can't be run: there is no ${python} on the PATH. Install Python 3 (and boto3, where scripts call AWS), and start again`,
    );
  }
  const probing = known.get(file) ?? probe(file, path);
  known.set(file, probing);
  try {
    return await probing;
  } catch (cause) {
    known.delete(file);
    const reason = cause instanceof Error ? cause.message.trim().split('\n').at(-1) : String(cause);
    throw new StepFailure(`The script can't be run: ${file} does not work as Python 3 (${reason})`, {
      cause,
    });
  }
}

function search(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: either way the next directory may have one.
    return false;
  }
}

async function probe(file: string, path: string): Promise<Python> {
  const { stdout } = await execFileAsync(file, ['-c', PROBE], { timeout: PROBE_MS });
  const [executable, userBase]: unknown[] = JSON.parse(stdout);
  return { executable: String(executable || file), userBase: String(userBase), path };
}
