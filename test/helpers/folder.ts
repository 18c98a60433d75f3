import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of a test file's own: called once at its top. */
export function openFolder() {
  const path = mkdtempSync(join(tmpdir(), 'remediator-'));
  afterAll(() => rmSync(path, { recursive: true }));
  return {
    path,
    /** Writes a file, as JSON where it is no text. @returns its path */
    write(name: string, content: unknown): string {
      const file = join(path, name);
      writeFileSync(
        file,
        typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 2),
      );
      return file;
    },
  };
}
