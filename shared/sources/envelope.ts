import * as z from 'zod/mini';
import { RemediatorError } from '../domain/errors.ts';
import { regionIn } from '../domain/finding.ts';
import { FAILED, quickParse } from './quick-parse.ts';
import { observedAt } from './time.ts';

/** What every EventBridge event has around its detail. */
export const envelope = {
  source: z.string(),
  account: z.string().check(z.regex(/^\d{12}$/, 'must be 12 digits')),
  region: z.string(),
  time: z.string(),
} as const;

/** A name becomes a key of our tables: 2,048 bytes at most, with what we put before it. */
const MAX_NAME_LENGTH = 512;

export const name = z
  .string()
  .check(z.trim(), z.minLength(1, 'must not be empty'), z.maxLength(MAX_NAME_LENGTH, 'is longer than any'));
/** A name that need not be there; one that no key can be is not taken. */
export const optionalName = z.catch(z.optional(name), undefined);
export const text = z.string().check(z.trim(), z.minLength(1, 'must not be empty'));
export const optionalText = z.optional(z.nullable(z.string()));

/** @throws RemediatorError EVENT_INCOMPLETE: with everything that is missing */
export function readEvent<Output>(schema: z.ZodMiniType<Output>, event: unknown, what: string): Output {
  const quick = quickParse(schema, event);
  // What it gives is what the schema gives.
  if (quick !== FAILED) return quick as Output;
  const result = schema.safeParse(event);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => faultOf(issue, event));
  throw incomplete(what, faults.join('; '));
}

/** In words of our own: without a language, which functions do not bundle, zod says "Invalid input" of everything. */
function faultOf(issue: z.core.$ZodIssue, event: unknown): string {
  const where = issue.path.join('.') || 'event';
  const value = issue.path.reduce<unknown>(
    (part, key) => (Object(part) as Record<PropertyKey, unknown>)[key],
    event,
  );
  if (value === undefined) return `${where} is missing`;
  if (issue.code === 'invalid_type') return `${where}: has to be of the type ${issue.expected}`;
  if (issue.code === 'invalid_value')
    return `${where}: has to be one of ${issue.values.map((each) => JSON.stringify(each)).join(', ')}`;
  return `${where}: ${issue.message}`;
}

/** The first of the regions that is one. @throws RemediatorError EVENT_INCOMPLETE */
export function regionOf(what: string, ...regions: readonly (string | null | undefined)[]): string {
  for (const each of regions) {
    const region = regionIn(each);
    if (region !== undefined) return region;
  }
  throw incomplete(what, `region: ${JSON.stringify(regions.at(-1) ?? null)} is none`);
}

/** @throws RemediatorError EVENT_INCOMPLETE where neither is a time */
export function timeIn(what: string, times: { said: string | null | undefined; sent: string }): Date {
  const time = observedAt(times);
  if (time !== undefined) return time;
  throw incomplete(what, `time: ${JSON.stringify(times.sent)} is none`);
}

/** Details as templates and people take them: strings and nulls, lists and objects as JSON. */
export function flatDetail(detail: Readonly<Record<string, unknown>>): Record<string, string | null> {
  const flat: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(detail)) {
    if (value === undefined) continue;
    const text = value === null || typeof value === 'string' ? value : jsonOf(key, value);
    // What would otherwise become its prototype.
    if (key === '__proto__') Object.defineProperty(flat, key, { value: text, enumerable: true });
    else flat[key] = text;
  }
  return flat;
}

function jsonOf(key: string, value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    // JSON.parse reads lists in lists of any depth; JSON.stringify writes some thousands.
    if (!(cause instanceof RangeError)) throw cause;
    throw new RemediatorError('EVENT_INCOMPLETE', `The event cannot be read: ${key} is nested too deeply.`, {
      cause,
    });
  }
}

/** Everything that the event says, whether we know the key or not, and before it what templates are likely to want. */
export function keptDetail(
  wanted: Readonly<Record<string, unknown>>,
  said: Readonly<Record<string, unknown>>,
): Record<string, string | null> {
  return { ...flatDetail(wanted), ...flatDetail(said) };
}

/** An event's detail as it came, without what a schema has trimmed. */
export function detailOf(event: unknown): Readonly<Record<string, unknown>> {
  return isObject(event) && isObject(event.detail) ? event.detail : {};
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function incomplete(what: string, faults: string): RemediatorError {
  return new RemediatorError('EVENT_INCOMPLETE', `The ${what} event cannot be read: ${faults}.`);
}
