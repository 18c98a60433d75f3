import { query } from 'jsonpath-rfc9535';
import { groupConjunctions } from './conjunctions.ts';
import { TOKEN } from './token-syntax.ts';

/**
 * A selector as RFC 9535 has it. Automation's own JSONPath takes more: a path without `$.`, a dot before
 * a bracket, names with dashes or that begin with a digit, and names in quotes after a dot.
 */
export function normalizeSelector(selector: string): string {
  const trimmed = selector.trim();
  const rooted = trimmed.startsWith('$') ? trimmed : `$.${trimmed}`;
  const parts = rooted.split(/('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")/);
  const isMember = (index: number) => /(?:^|[^.])\.$/.test(parts[index - 1] ?? '');
  const plain = parts
    .map((part, index) => {
      if (index % 2 === 0) return quoteNames(part);
      return isMember(index) ? `[${part}]` : part;
    })
    .join('');
  return groupConjunctions(plain);
}

/** What is wrong with a selector, before its tokens are filled in; undefined if nothing. */
export function selectorFault(selector: string): string | undefined {
  if (selector.trim() === '') return 'is empty';
  try {
    query(null, normalizeSelector(selector.replace(TOKEN, 'x')));
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `${selector} is not a valid JSONPath: ${reason.replace(/\.$/, '')}`;
  }
}

/** `.a-b` and `.2a` become `['a-b']` and `['2a']`, `.[0]` becomes `[0]`. */
function quoteNames(path: string): string {
  return path
    .replaceAll(/(?<!\.)\.\[/g, '[')
    .replaceAll(/(?<=[\w\])$@*]|^)\.(?=[\w-]*-|\d)([\w-]+)(?!\()/g, (_match, name: string) => `['${name}']`)
    .replaceAll(/\.$/g, '');
}
