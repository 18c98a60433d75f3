import { type JsonValue, query } from 'jsonpath-rfc9535';
import { normalizeSelector } from '../documents/selector.ts';
import { StepFailure } from './failure.ts';

/** What a selector found: one value for a definite path, all of them for one that can match many. */
export type Selection =
  | { readonly definite: true; readonly value: unknown }
  | { readonly definite: false; readonly value: readonly unknown[] };

/**
 * Reads a value out of an API's response. A definite path gives its value, undefined where there is
 * none; a path with `..`, `*`, a slice, a union or a filter gives a list, which can be empty.
 * @throws StepFailure for a selector that is not JSONPath (RFC 9535)
 */
export function select(response: unknown, selector: string): Selection {
  const path = normalizeSelector(selector);
  let found: unknown[];
  try {
    found = query(toJson(response), path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StepFailure(`The selector ${selector} is not a valid JSONPath: ${reason}`, {
      details: { stage: 'InputValidation' },
      cause,
    });
  }
  return isDefinite(path) ? { definite: true, value: found[0] } : { definite: false, value: found };
}

/** The member of the response that a selector begins with; undefined for one that begins otherwise (`$`, `$..x`). */
export function firstMember(selector: string): string | undefined {
  const [, plain, quoted] =
    /^\$(?:\.([^.[\]'"*]+)|\[\s*['"]([^'"]*)['"]\s*\])/.exec(normalizeSelector(selector)) ?? [];
  return plain ?? quoted;
}

/** Writes a value into a JSONPath as the inside of a quoted literal, so that no value can end it. */
export function asLiteral(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll(/['"]/g, (quote) => `\\u00${quote.charCodeAt(0).toString(16)}`);
}

function isDefinite(path: string): boolean {
  const unquoted = path.replaceAll(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, '');
  return !/\.\.|[*?,:]/.test(unquoted);
}

/** Responses can hold Dates and undefined; JSONPath knows JSON only. */
function toJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null));
}
