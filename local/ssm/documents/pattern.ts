import { runInNewContext } from 'node:vm';
import { RE2JS } from 're2js';

/** What a pattern that can backtrack may take. */
const TIMEOUT_MS = 500;

/**
 * Whether a parameter's `allowedPattern` matches the whole of a value. Patterns are RE2 where they can be, which
 * takes linear time. AWS also takes lookaround and backreferences: those are matched with a time limit.
 * A value that takes longer does not match. A pattern that nothing here understands matches everything;
 * validation warns of it.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  const linear = compileRe2(pattern);
  if (linear !== undefined) return linear.matches(value);
  const native = compileNative(`^(?:${pattern})$`);
  if (native === undefined) return true;
  try {
    const context = { source: native.source, flags: native.flags, value };
    const found: unknown = runInNewContext('new RegExp(source, flags).test(value)', context, {
      timeout: TIMEOUT_MS,
    });
    return found === true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  }
}

/** Whether values are matched in linear time. */
export function isLinear(pattern: string): boolean {
  return compileRe2(pattern) !== undefined;
}

/** What is wrong with a pattern; undefined if nothing is. */
export function patternFault(pattern: string): string | undefined {
  if (compileRe2(pattern) !== undefined || compileNative(pattern) !== undefined) return undefined;
  return `allowedPattern ${pattern} is not a regular expression that is understood here; values are not checked against it`;
}

function compileRe2(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** By code points first, as Java's patterns are; that refuses needless escapes, which Java and `RegExp` without it take. */
function compileNative(source: string): RegExp | undefined {
  return compileWith('u', source) ?? compileWith('', source);
}

function compileWith(flags: 'u' | '', source: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The error is of the context's own realm: no instance of this one's Error. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
