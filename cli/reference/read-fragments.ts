import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Fragments } from './render-page.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');

/** The page that is made. */
export const PAGE = join(DOCS, 'cli.md');

/** docs/cli/*.md */
export function readFragments(): Fragments {
  const folder = join(DOCS, 'cli');
  return new Map(
    readdirSync(folder).map((file) => [basename(file, '.md'), readFileSync(join(folder, file), 'utf8')]),
  );
}
