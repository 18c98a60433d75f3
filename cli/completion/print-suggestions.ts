import type { Command } from 'commander';
import { packNames } from '../mappings/known-checks.ts';
import { openUi } from '../ui.ts';
import { suggest } from './suggest.ts';

/** What the scripts understand: complete file names if there is nothing else, or do not. */
const FILES = ':0';
const NO_FILES = ':4';

/** Prints what the last word may become, as the scripts read it: a value, a tab and a description in each line. */
export function printSuggestions(program: Command, words: readonly string[]): void {
  const { values, files } = suggest(program, words, { packs: packNames });
  const lines = values.map(({ value, description }) => `${value}\t${description.replaceAll(/\s+/g, ' ')}`);
  openUi().print([...lines, files ? FILES : NO_FILES].join('\n'));
}
