import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { integer, type Tag, tag, text } from '../input.ts';
import {
  defineOperation,
  type MemoryContext,
  type MemoryOperation,
  type OperationDefinition,
} from '../operation.ts';
import { paginate } from '../pagination.ts';

const INVALID = 'ValidationError';

/** An IAM operation: as `defineOperation`, with IAM's error code for input that does not fit. */
export function iamOperation<Shape extends z.ZodRawShape>(
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  return defineOperation({ missing: INVALID, unknown: INVALID, invalid: INVALID }, definition);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names */
function named(maximum: number) {
  const allowed = `The specified value is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-, and have 1 to ${maximum} characters.`;
  return z.string().regex(new RegExp(`^[\\w+=,.@-]{1,${maximum}}$`), allowed);
}

export const roleName = named(64);
export const userName = named(64);
export const profileName = named(128);
export const policyName = named(128);

export const policyArn = z
  .string()
  .min(20, 'Member must have length greater than or equal to 20')
  .max(2048, 'Member must have length less than or equal to 2048');

/** `/` or `/division/team/` */
export const path = z
  .string()
  .max(512)
  .regex(
    /^\/(?:[\u0021-\u007e]+\/)?$/,
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  )
  .default('/');

export const tags = z.array(tag).max(50).optional();

export const description = z.string().max(1000).optional();

export const document = z.string().min(1).max(131_072);

/** The parameters of the List operations. */
export const listInput = {
  Marker: text.optional(),
  MaxItems: integer
    .refine((count) => count >= 1 && count <= 1000, 'Member must be between 1 and 1000')
    .optional(),
};

const listSchema = z.object(listInput);

const DEFAULT_PAGE = 100;

/** One page of a list: its items under `member`, and whether there are more. */
export function listPage(
  member: string,
  all: readonly unknown[],
  request: z.output<typeof listSchema>,
): JsonObject {
  const { items, nextToken } = paginate(all, {
    maxResults: request.MaxItems ?? DEFAULT_PAGE,
    nextToken: request.Marker,
    invalidTokenCode: INVALID,
  });
  return {
    [member]: items,
    IsTruncated: nextToken !== undefined,
    ...(nextToken === undefined ? {} : { Marker: nextToken }),
  };
}

/** The letters of IAM's IDs are those of base 32: `AROA` and seventeen of them. */
export function newIamId(prefix: string, { ids }: Pick<MemoryContext, 'ids'>, length = 17): string {
  const letters = [...ids.hex(length)].map((digit) =>
    String.fromCharCode('A'.charCodeAt(0) + Number.parseInt(digit, 16)),
  );
  return prefix + letters.join('');
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, { statusCode: 404 });
}

export function alreadyExists(message: string): AwsError {
  return new AwsError('EntityAlreadyExists', message, { statusCode: 409 });
}

export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, { statusCode: 409 });
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, { statusCode: 409 });
}

export function tagMap(list: readonly Tag[] | undefined): Map<string, string> {
  const held = new Map<string, string>();
  putTags(held, list ?? []);
  return held;
}

const MAX_TAGS = 50;

/** @throws AwsError InvalidInput, LimitExceeded; nothing is put then */
export function putTags(held: Map<string, string>, added: readonly Tag[]): void {
  // Keys are told apart without their case, and the last spelling stays.
  const spelled = new Map([...held.keys()].map((key) => [key.toLowerCase(), key]));
  const seen = new Set<string>();
  for (const { Key } of added) {
    if (seen.has(Key.toLowerCase())) {
      throw new AwsError(
        'InvalidInput',
        'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      );
    }
    seen.add(Key.toLowerCase());
  }
  if (new Set([...spelled.keys(), ...seen]).size > MAX_TAGS) {
    throw limitExceeded(`Cannot exceed quota for tags: ${MAX_TAGS}`);
  }
  for (const { Key, Value } of added) {
    const earlier = spelled.get(Key.toLowerCase());
    if (earlier !== undefined && earlier !== Key) held.delete(earlier);
    held.set(Key, Value);
  }
}

export function tagList(held: ReadonlyMap<string, string>): Tag[] {
  return [...held].map(([Key, Value]) => ({ Key, Value }));
}

/** The member `Tags`, which the answers leave out where there are none. */
export function viewTags(held: ReadonlyMap<string, string>): JsonObject {
  return held.size > 0 ? { Tags: tagList(held) } : {};
}

export function removeTags(held: Map<string, string>, keys: readonly string[]): void {
  const removed = new Set(keys.map((key) => key.toLowerCase()));
  for (const key of [...held.keys()]) if (removed.has(key.toLowerCase())) held.delete(key);
}

export const requiredTags = z.array(tag).min(1).max(50);

/** Seconds, from an hour to twelve. */
export const sessionDuration = within(3600, 43_200);

export const accessKeyId = z.string().regex(/^\w{16,128}$/, 'Member must have 16 to 128 letters and digits.');

export function within(minimum: number, maximum: number) {
  const message = `Member must be between ${minimum} and ${maximum}.`;
  return integer.refine((value) => value >= minimum && value <= maximum, message);
}
