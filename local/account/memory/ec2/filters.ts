import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { text, texts } from '../input.ts';
import type { MemoryContext } from '../operation.ts';

/** `Filters` of the Describe operations. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html */
export const filters = z.array(z.strictObject({ Name: text, Values: texts.default([]) }));

export type Filters = z.output<typeof filters>;

type Value = string | number | boolean | undefined;

/** The values that a filter compares with, for one item. */
export type FilterTable<T> = Readonly<Record<string, (item: T) => Value | readonly Value[]>>;

export interface FilterSource<T> {
  readonly table: FilterTable<T>;
  /** ID under which the item's tags are found, for `tag:…` and `tag-key`. */
  idOf(item: T): string;
}

/**
 * Keeps the items that every filter matches: any of its values, `*` and `?` being wildcards.
 * @throws AwsError InvalidParameterValue for a filter that does not exist
 */
export function applyFilters<T>(
  items: Iterable<T>,
  source: FilterSource<T>,
  request: { filters: Filters | undefined; context: MemoryContext },
): T[] {
  const tests = (request.filters ?? []).map((filter) => {
    const read = readerOf(filter.Name, source, request.context);
    const patterns = filter.Values.map(toPattern);
    return (item: T) => {
      const values = [read(item)].flat().filter((value) => value !== undefined);
      return values.some((value) => patterns.some((pattern) => pattern(String(value))));
    };
  });
  return [...items].filter((item) => tests.every((test) => test(item)));
}

function readerOf<T>(
  name: string,
  source: FilterSource<T>,
  context: MemoryContext,
): (item: T) => Value | readonly Value[] {
  const tagsOf = (item: T) => context.state.ec2.tags.get(source.idOf(item));
  if (name.startsWith('tag:')) return (item) => tagsOf(item)?.get(name.slice('tag:'.length));
  if (name === 'tag-key') return (item) => [...(tagsOf(item)?.keys() ?? [])];
  const read = Object.hasOwn(source.table, name) ? source.table[name] : undefined;
  if (read === undefined) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
  return read;
}

/** A linear-time matcher: a value comes from whoever calls, so it is never made into a backtracking expression. */
function toPattern(pattern: string): (value: string) => boolean {
  if (!/[*?\\]/.test(pattern)) return (value) => value === pattern;
  const tokens = [...pattern.matchAll(/\\(.)|(.)/gsu)].map(([, escaped, plain]) =>
    escaped === undefined
      ? { text: plain ?? '', wild: plain === '*' || plain === '?' }
      : { text: escaped, wild: false },
  );
  return (value) => matches(tokens, [...value]);
}

function matches(tokens: readonly { text: string; wild: boolean }[], characters: readonly string[]): boolean {
  let token = 0;
  let character = 0;
  let star = -1;
  let resume = 0;
  while (character < characters.length) {
    const current = tokens[token];
    if (current?.wild && current.text === '*') {
      star = token++;
      resume = character;
    } else if (current && (current.wild || current.text === characters[character])) {
      token++;
      character++;
    } else if (star >= 0) {
      token = star + 1;
      character = ++resume;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(({ text, wild }) => wild && text === '*');
}
