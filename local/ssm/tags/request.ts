import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import type { Tag } from './tag-store.ts';

/** What a string member of a request has to satisfy. Lengths are in characters. */
export interface StringRule {
  readonly pattern?: RegExp;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly oneOf?: readonly string[];
}

/** Least and greatest value of a number, or length of a list. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** @throws AwsError ValidationException, in the words of AWS's own request validation */
export function optionalString(input: JsonObject, name: string, rule: StringRule = {}): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw serialization(name, 'a string');
  checkString(value, name, rule);
  return value;
}

/** As {@link optionalString}, and the member has to be there. */
export function requiredString(input: JsonObject, name: string, rule: StringRule = {}): string {
  const value = optionalString(input, name, rule);
  if (value === undefined) throw missing(name);
  return value;
}

export function optionalInteger(input: JsonObject, name: string, bounds: Bounds = {}): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw serialization(name, 'an integer');
  if (value < (bounds.min ?? value)) {
    throw violation(name, value, `Member must have value greater than or equal to ${bounds.min}`);
  }
  if (value > (bounds.max ?? value)) {
    throw violation(name, value, `Member must have value less than or equal to ${bounds.max}`);
  }
  return value;
}

export function optionalBoolean(input: JsonObject, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw serialization(name, 'a boolean');
  return value;
}

/** The members of a list; none where it is absent. */
export function optionalList(input: JsonObject, name: string, bounds: Bounds = {}): readonly unknown[] {
  const value = input[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw serialization(name, 'a list');
  if (value.length < (bounds.min ?? 0)) {
    throw violation(name, value, `Member must have length greater than or equal to ${bounds.min}`);
  }
  if (value.length > (bounds.max ?? value.length)) {
    throw violation(name, value, `Member must have length less than or equal to ${bounds.max}`);
  }
  return value;
}

/** A list of structures; none where it is absent. */
export function optionalObjects(input: JsonObject, name: string, bounds: Bounds = {}): readonly JsonObject[] {
  return optionalList(input, name, bounds).map((member) => {
    if (!isJsonObject(member)) throw serialization(name, 'a list of structures');
    return member;
  });
}

/** A list of strings; none where it is absent. */
export function optionalStrings(
  input: JsonObject,
  name: string,
  rule: StringRule & Bounds = {},
): readonly string[] {
  return optionalList(input, name, rule).map((member) => {
    if (typeof member !== 'string') throw serialization(name, 'a list of strings');
    checkString(member, name, rule);
    return member;
  });
}

/** The tags of a request. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html */
export function optionalTags(input: JsonObject, name: string, bounds: Bounds = {}): readonly Tag[] {
  return optionalObjects(input, name, bounds).map((member) => {
    const Key = requiredString(member, 'Key', { minLength: 1, maxLength: 128, pattern: TAG_CHARACTERS });
    const Value = requiredString(member, 'Value', { maxLength: 256, pattern: TAG_CHARACTERS });
    if (/^aws:/i.test(Key)) {
      throw new AwsError(
        'ValidationException',
        `Tag key '${Key}' is not allowed: the prefix aws: is reserved for AWS's own use.`,
      );
    }
    return { Key, Value };
  });
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A ValidationException about one member of a request. */
export function violation(name: string, value: unknown, constraint: string): AwsError {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${shown}' at '${memberName(name)}' failed to satisfy constraint: ${constraint}`,
  );
}

const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function checkString(value: string, name: string, rule: StringRule): void {
  if (value.length < (rule.minLength ?? 0)) {
    throw violation(name, value, `Member must have length greater than or equal to ${rule.minLength}`);
  }
  if (value.length > (rule.maxLength ?? value.length)) {
    throw violation(name, value, `Member must have length less than or equal to ${rule.maxLength}`);
  }
  if (rule.pattern && !rule.pattern.test(value)) {
    throw violation(
      name,
      value,
      `Member must satisfy regular expression pattern: ${rule.pattern.source.replaceAll('\\/', '/')}`,
    );
  }
  if (rule.oneOf && !rule.oneOf.includes(value)) {
    throw violation(name, value, `Member must satisfy enum value set: [${rule.oneOf.join(', ')}]`);
  }
}

function missing(name: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${memberName(name)}' failed to satisfy constraint: Member must not be null`,
  );
}

function serialization(name: string, expected: string): AwsError {
  return new AwsError('SerializationException', `${name} has to be ${expected}`);
}

function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
