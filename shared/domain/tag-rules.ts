import { type ExecutionMode, executionModeOf } from './execution-mode.ts';

export type ResourceTags = Readonly<Record<string, string>>;

/** The tag by which a resource's owner makes its remediation safer than the mapping does. Its value is a mode. */
export const MODE_TAG = 'remediator:mode';

/** Whether a resource carries a tag, given as `key` or `key=value`. */
export function hasTag(tags: ResourceTags, wanted: string): boolean {
  const equals = wanted.indexOf('=');
  const key = equals < 0 ? wanted : wanted.slice(0, equals);
  return Object.hasOwn(tags, key) && (equals < 0 || tags[key] === wanted.slice(equals + 1));
}

/** The mode that a resource's own tag asks for; a value that is no mode is taken for the safest that tells people. */
export function taggedMode(tags: ResourceTags): ExecutionMode | undefined {
  if (!Object.hasOwn(tags, MODE_TAG)) return undefined;
  return executionModeOf(tags[MODE_TAG] ?? '') ?? 'notify';
}
