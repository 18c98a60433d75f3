import { Argument, type Option } from 'commander';

/** One thing that a word may become. */
export interface Suggestion {
  readonly value: string;
  readonly description: string;
}

export interface Suggestions {
  readonly values: readonly Suggestion[];
  /** Files may come, too. */
  readonly files: boolean;
}

/** Values that are looked up on this machine, when they are wanted. */
export interface Known {
  readonly packs: () => readonly string[];
}

/** What an option or argument takes, by its choices, or by how its help calls it: `<file>`, `<pack>`, `<memory|URL|aws>`. */
export function valuesOf(what: Option | Argument, known: Known): Suggestions {
  if (what.argChoices) return { values: what.argChoices.map(plain), files: false };
  const called =
    what instanceof Argument ? what.name() : (/[<[](.*?)(\.\.\.)?[>\]]/.exec(what.flags)?.[1] ?? '');
  const words = called.includes('|') ? called.split('|') : [];
  const isPack = /\bpack\b/i.test(called);
  return {
    values: [...(isPack ? known.packs() : []), ...words.filter((word) => LITERAL.test(word))].map(plain),
    files: isPack || FILE.test(called),
  };
}

const FILE = /\b(file|directory|dir|folder|path)s?\b|\.(jsonl?|ya?ml|csv)\b/i;
const LITERAL = /^(?!file|directory)[a-z]+$/;

function plain(value: string): Suggestion {
  return { value, description: '' };
}
