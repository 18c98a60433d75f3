import { AwsError } from '../aws-error.ts';
import type { JsonObject } from '../service.ts';
import { invalidParameterValue, missingParameter } from './sqs-error.ts';

/** @throws SqsError MissingParameter @throws AwsError SerializationException */
export function requireText(input: JsonObject, member: string): string {
  const text = optionalText(input, member);
  if (text === undefined || text === '') throw missingParameter(member);
  return text;
}

/** @throws AwsError SerializationException */
export function optionalText(input: JsonObject, member: string): string | undefined {
  const value = input[member] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw wrongType(member);
  return value;
}

/** @throws SqsError InvalidParameterValue when not a whole number between `min` and `max` */
export function optionalInteger(
  input: JsonObject,
  member: string,
  { min, max }: { min: number; max: number },
): number | undefined {
  const value = input[member] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw wrongType(member);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalidParameterValue(member, `Must be between ${min} and ${max}, if provided`);
  }
  return value;
}

/** A list of strings; an empty one where it is missing. */
export function textList(input: JsonObject, member: string): readonly string[] {
  const value: unknown = input[member] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw wrongType(member);
  return value;
}

/** A map; an empty one where it is missing. */
export function optionalMap(input: JsonObject, member: string): JsonObject {
  const value: unknown = input[member] ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(member);
  return value as JsonObject;
}

function wrongType(member: string): AwsError {
  return new AwsError('SerializationException', `${member} has a value of the wrong type`);
}
