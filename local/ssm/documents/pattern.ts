import { RE2JS } from 're2js';

/**
 * Whether a parameter's `allowedPattern` matches the whole of a value. RE2 syntax, so that no
 * pattern can take more than linear time.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  return RE2JS.compile(pattern).matches(value);
}

/** What is wrong with a pattern; undefined if nothing is. */
export function patternFault(pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `allowedPattern ${pattern} can't be used (${reason}). Patterns are RE2 syntax here: no lookaround, no backreferences`;
  }
}
