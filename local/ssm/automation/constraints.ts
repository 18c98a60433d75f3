import { isDeepStrictEqual } from 'node:util';
import { matchesPattern } from '../documents/pattern.ts';
import type { ParameterDefinition } from '../documents/runbook.ts';
import { resourcePatternOf } from '../documents/value-types.ts';
import { asText } from './tokens.ts';

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
    const fault =
      checkAllowed(definition, member, value) ??
      (typeof member === 'string' ? checkText(definition, member) : undefined);
    if (fault !== undefined) return fault;
  }
  return undefined;
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
    : `has value ${JSON.stringify(member)} not found in [${allowedValues.map(asText).join(', ')}]`;
}

function checkText(definition: ParameterDefinition, text: string): string | undefined {
  const { allowedPattern, minChars, maxChars, declaredType } = definition;
  if (text.length < (minChars ?? 0))
    return `has ${text.length} characters; it has to have ${minChars} at least`;
  if (text.length > (maxChars ?? text.length)) {
    return `has ${text.length} characters; it can have ${maxChars} at most`;
  }
  if (allowedPattern !== undefined && !matchesPattern(allowedPattern, text)) {
    return `has the value "${text}", which does not match its allowed pattern ${allowedPattern}`;
  }
  const resource = resourcePatternOf(declaredType);
  return resource === undefined || resource.test(text)
    ? undefined
    : `has the value "${text}", which is not an ${declaredType}`;
}
