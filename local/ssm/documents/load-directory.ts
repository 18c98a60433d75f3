import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { DocumentStore } from './document-store.ts';

/** A folder of runbooks (`Name.yaml`), and who owns them. A folder that is not there holds none. */
export interface RunbookDirectory {
  readonly directory: string;
  /** `Amazon`, or an account's ID. */
  readonly owner: string;
}

/**
 * Puts a folder's runbooks into the store, but for those whose name is taken.
 * @throws Error that names the file which is not a valid runbook
 */
export function loadDirectory(store: DocumentStore, { directory, owner }: RunbookDirectory): void {
  if (!existsSync(directory)) return;
  const files = readdirSync(directory).filter((file) => ['.yaml', '.yml'].includes(extname(file)));
  for (const file of files) {
    const path = join(directory, file);
    if (store.find(basename(file, extname(file))) !== undefined) continue;
    try {
      store.add({
        name: basename(file, extname(file)),
        owner,
        content: readFileSync(path, 'utf8'),
        format: 'YAML',
        createdDate: statSync(path).mtime,
        displayName: undefined,
        versionName: undefined,
        targetType: undefined,
      });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`The runbook ${path} can't be loaded. ${reason}`, { cause });
    }
  }
}
