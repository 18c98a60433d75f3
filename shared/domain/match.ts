import { RE2JS } from 're2js';
import { RemediatorError } from './errors.ts';
import { quote } from './text.ts';

/** What a pattern found in a resource: the values of `$resourceId`, `$1`… and the named groups. */
export interface Match {
  readonly resourceId: string;
  readonly groups: readonly (string | null)[];
  readonly named: Readonly<Record<string, string | null>>;
  /** For a rollback: the execution's outputs, by `Step.Name`. */
  readonly outputs?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Searches a pattern in a resource: in linear time, whoever wrote it (RE2).
 * @throws RemediatorError MAPPING_REGEX_INVALID, RESOURCE_NOT_MATCHED
 */
export function matchResource(regexPattern: string, resource: string): Match {
  const pattern = compile(regexPattern);
  const matcher = pattern.matcher(resource);
  if (!matcher.find()) {
    throw new RemediatorError(
      'RESOURCE_NOT_MATCHED',
      `regexPattern ${quote(regexPattern)} finds nothing in the resource ${quote(resource)}.`,
    );
  }
  const groups = Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1));
  const names = Object.keys(pattern.namedGroups());
  return {
    resourceId: (groups.length > 0 ? groups[0] : matcher.group()) ?? '',
    groups,
    named: Object.fromEntries(names.map((name) => [name, matcher.group(name)])),
  };
}

/** Whether a pattern finds anything in a text. The pattern must be a sound one. */
export function finds(pattern: string, text: string): boolean {
  return compile(pattern).matcher(text).find();
}

/** What is wrong with a pattern; undefined: nothing. */
export function patternFault(pattern: string): string | undefined {
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RemediatorError) return error.message.replace(/^regexPattern /, '');
    throw error;
  }
}

/**
 * A mapping's pattern is searched in thousands of resources, and compiling it takes longer than searching. There is room
 * for those of all packs twice, as a backtest compares them.
 */
const compiled = new Map<string, RE2JS>();
const MOST_COMPILED = 500;

function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  try {
    const [oldest] = compiled.keys();
    if (compiled.size >= MOST_COMPILED && oldest !== undefined) compiled.delete(oldest);
    const fresh = RE2JS.compile(pattern);
    compiled.set(pattern, fresh);
    return fresh;
  } catch (cause) {
    throw new RemediatorError(
      'MAPPING_REGEX_INVALID',
      `regexPattern ${quote(pattern)} is not RE2: ${cause instanceof Error ? cause.message : cause}.`,
      { cause },
    );
  }
}
