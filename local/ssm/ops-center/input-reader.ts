import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';

export interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}

/**
 * Reads an operation's input by its model. Wrong types throw at once; violated constraints are collected, and
 * `throwViolations` reports them together, in AWS's wording.
 */
export class InputReader {
  readonly #input: JsonObject;
  readonly #violations: string[] = [];

  constructor(input: JsonObject) {
    this.#input = input;
  }

  has(member: string): boolean {
    return (this.#input[member] ?? undefined) !== undefined;
  }

  text(member: string, limits: TextLimits = {}): string | undefined {
    const value = this.#input[member] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw wrongType(member);
    this.check(member, value, limits);
    return value;
  }

  /** A missing one is a violation; then the result is an empty string, which no caller gets to use. */
  requiredText(member: string, limits: TextLimits = {}): string {
    if (!this.has(member)) this.violation(member, null, 'Member must not be null');
    return this.text(member, limits) ?? '';
  }

  integer(member: string, { min, max }: { min: number; max: number }): number | undefined {
    const value = this.#input[member] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(member);
    if (value < min) this.violation(member, value, `Member must have value greater than or equal to ${min}`);
    if (value > max) this.violation(member, value, `Member must have value less than or equal to ${max}`);
    return value;
  }

  /** Epoch seconds, as AWS JSON has them. */
  time(member: string): Date | undefined {
    const value = this.#input[member] ?? undefined;
    if (value === undefined) return undefined;
    const time = typeof value === 'number' ? new Date(value * 1000) : undefined;
    if (!time || Number.isNaN(time.getTime())) throw wrongType(member);
    return time;
  }

  list(member: string): readonly unknown[] | undefined {
    const value: unknown = this.#input[member] ?? undefined;
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw wrongType(member);
    return value;
  }

  /** A list of structures. */
  structures(member: string): readonly JsonObject[] | undefined {
    return this.list(member)?.map((item) => asStructure(member, item));
  }

  map(member: string): JsonObject | undefined {
    const value: unknown = this.#input[member] ?? undefined;
    return value === undefined ? undefined : asStructure(member, value);
  }

  check(member: string, value: string, { min, max, pattern, oneOf }: TextLimits): void {
    if (min !== undefined && value.length < min) {
      this.violation(member, value, `Member must have length greater than or equal to ${min}`);
    }
    if (max !== undefined && value.length > max) {
      this.violation(member, value, `Member must have length less than or equal to ${max}`);
    }
    if (pattern && !pattern.test(value)) {
      this.violation(member, value, `Member must satisfy regular expression pattern: ${pattern.source}`);
    }
    if (oneOf && !oneOf.includes(value)) {
      this.violation(member, value, `Member must satisfy enum value set: [${oneOf.join(', ')}]`);
    }
  }

  violation(member: string, value: unknown, constraint: string): void {
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    const shown = value === null ? 'null' : `'${String(value).slice(0, 200)}'`;
    this.#violations.push(`Value ${shown} at '${name}' failed to satisfy constraint: ${constraint}`);
  }

  /** @throws AwsError ValidationException */
  throwViolations(): void {
    const count = this.#violations.length;
    if (count === 0) return;
    const noun = count === 1 ? 'validation error' : 'validation errors';
    throw new AwsError('ValidationException', `${count} ${noun} detected: ${this.#violations.join('; ')}`);
  }
}

/** @throws AwsError SerializationException */
export function asStructure(member: string, value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(member);
  return value as JsonObject;
}

export function wrongType(member: string): AwsError {
  return new AwsError('SerializationException', `${member} has a value of the wrong type`);
}
