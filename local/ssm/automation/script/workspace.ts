import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { StepFailure } from '../failure.ts';

export interface WorkspaceFiles {
  /** Source of the script. */
  readonly script: string | undefined;
  readonly attachment: { readonly name: string; readonly content: Uint8Array } | undefined;
}

/** A directory of its own for one script: its home, and where its files are. */
export interface Workspace extends AsyncDisposable {
  readonly directory: string;
}

/** @throws StepFailure for an attachment whose name is a path */
export async function createWorkspace({ script, attachment }: WorkspaceFiles): Promise<Workspace> {
  if (attachment !== undefined && !isFileName(attachment.name)) {
    throw new StepFailure(`The attachment ${attachment.name} does not have the name of a file`);
  }
  const directory = await mkdtemp(join(tmpdir(), 'automation-script-'));
  if (attachment !== undefined) await writeFile(join(directory, attachment.name), attachment.content);
  if (script !== undefined) await writeFile(join(directory, 'customer_script.py'), script);
  return {
    directory,
    // What a killed process was writing can still appear while the directory is emptied.
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function isFileName(name: string): boolean {
  return basename(name) === name && !['', '.', '..', 'customer_script.py'].includes(name);
}
