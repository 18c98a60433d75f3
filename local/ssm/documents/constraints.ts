import { isDeepStrictEqual } from 'node:util';
import { matchesPattern } from './pattern.ts';
import type { ParameterDefinition } from './runbook.ts';
import { resourcePatternOf } from './value-types.ts';

/** What a value of the right type still violates; undefined if nothing. */
export function checkConstraints(definition: ParameterDefinition, value: unknown): string | undefined {
  return checkItems(definition, value) ?? checkMembers(definition, value);
}

function checkItems(definition: ParameterDefinition, value: unknown): string | undefined {
  const { minItems, maxItems } = definition;
  const items = Array.isArray(value) ? value.length : undefined;
  if (items === undefined) return undefined;
  if (items < (minItems ?? 0)) return `has ${items} items; it has to have ${minItems} at least`;
  if (items > (maxItems ?? items)) return `has ${items} items; it can have ${maxItems} at most`;
  return undefined;
}

function checkMembers(definition: ParameterDefinition, value: unknown): string | undefined {
  for (const member of Array.isArray(value) ? value : [value]) {
    const fault = checkAllowed(definition, member, value) ?? checkMember(definition, member);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Numbers are given as texts, and patterns hold for them: AWS's own runbooks say ranges so. */
function checkMember(definition: ParameterDefinition, member: unknown): string | undefined {
  if (typeof member === 'string') return checkText(definition, member);
  return typeof member === 'number' ? checkPattern(definition, String(member)) : undefined;
}

/** The allowed values are those of the members of a list, or whole lists. */
function checkAllowed(definition: ParameterDefinition, member: unknown, whole: unknown): string | undefined {
  const { allowedValues } = definition;
  if (allowedValues === undefined) return undefined;
  const allowed = allowedValues.some(
    (candidate) =>
      isDeepStrictEqual(candidate, member) ||
      isDeepStrictEqual(candidate, whole) ||
      (typeof candidate !== 'object' && typeof member !== 'object' && String(candidate) === String(member)),
  );
  return allowed
    ? undefined
    : `has value ${JSON.stringify(member)} not found in [${allowedValues.map(shown).join(', ')}]`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function checkText(definition: ParameterDefinition, text: string): string | undefined {
  const { minChars, maxChars, declaredType } = definition;
  if (text.length < (minChars ?? 0))
    return `has ${text.length} characters; it has to have ${minChars} at least`;
  if (text.length > (maxChars ?? text.length)) {
    return `has ${text.length} characters; it can have ${maxChars} at most`;
  }
  const mismatch = checkPattern(definition, text);
  if (mismatch !== undefined) return mismatch;
  const resource = resourcePatternOf(declaredType);
  return resource === undefined || resource.test(text)
    ? undefined
    : `has the value "${text}", which is not an ${declaredType}`;
}

function checkPattern({ allowedPattern }: ParameterDefinition, text: string): string | undefined {
  return allowedPattern === undefined || matchesPattern(allowedPattern, text)
    ? undefined
    : `has the value "${text}", which does not match its allowed pattern ${allowedPattern}`;
}
