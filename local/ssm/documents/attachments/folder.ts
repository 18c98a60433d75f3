import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Runbook } from '../runbook.ts';
import { ATTACHMENT_NAME, type Attachment, attachmentNames } from './attachment.ts';

/**
 * The files in these folders (the first that has one counts) that a runbook speaks of. What leads out of its folder, by
 * its name or by a link, is not one of them.
 */
export function attachmentsIn(folders: readonly string[], runbook: Runbook): Attachment[] {
  return attachmentNames(runbook).flatMap((name) => {
    const path = find(folders, name);
    if (path === undefined) return [];
    // Found anew each time: files change while a person works on them.
    const read = () => {
      const now = find(folders, name);
      return now === undefined ? undefined : readFileSync(now);
    };
    return [{ name, url: pathToFileURL(path).href, read }];
  });
}

function find(folders: readonly string[], name: string): string | undefined {
  if (!ATTACHMENT_NAME.test(name)) return undefined;
  return folders.map((folder) => locate(folder, name)).find((path) => path !== undefined);
}

function locate(folder: string, name: string): string | undefined {
  try {
    const path = realpathSync(join(folder, name));
    return dirname(path) === realpathSync(folder) && statSync(path).isFile() ? path : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR|ELOOP|EACCES)$/.test(String(error.code))
  );
}
