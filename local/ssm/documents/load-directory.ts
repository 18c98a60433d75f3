import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { attachmentsIn } from './attachments/folder.ts';
import type { DocumentStore } from './document-store.ts';

/**
 * A folder of runbooks (`Name.yaml`, its attachments in `Name/`), and who owns them. A folder that is not there holds
 * none.
 */
export interface RunbookDirectory {
  readonly directory: string;
  /** `Amazon`, or an account's ID. */
  readonly owner: string;
}

/** Puts a folder's runbooks into the store, but for those whose name is taken. @returns their names */
export function loadDirectory(store: DocumentStore, { directory, owner }: RunbookDirectory): string[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory).filter((file) => ['.yaml', '.yml'].includes(extname(file)));
  const names: string[] = [];
  for (const file of files) {
    const name = basename(file, extname(file));
    if (store.has(name)) continue;
    names.push(name);
    const path = join(directory, file);
    store.defer(name, () => ({
      name,
      owner,
      content: readFileSync(path, 'utf8'),
      format: 'YAML',
      createdDate: statSync(path).mtime,
      displayName: undefined,
      versionName: undefined,
      targetType: undefined,
      attachments: (runbook) => attachmentsIn([join(directory, name)], runbook),
    }));
  }
  return names;
}
