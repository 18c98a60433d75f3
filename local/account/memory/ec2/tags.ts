import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { type Tag, tag, text } from '../input.ts';
import type { Ec2State } from './state.ts';

/** `TagSpecifications` of the operations that create something. */
export const tagSpecifications = z.array(
  z.strictObject({ ResourceType: text, Tags: z.array(tag).default([]) }),
);

export type TagSpecifications = z.output<typeof tagSpecifications>;

const MAX_TAGS = 50;

/**
 * The tags that a request wants on the resources of one type.
 * @throws AwsError InvalidParameterValue where a specification is for a type that the operation does not create
 */
export function specifiedTags(
  specifications: TagSpecifications | undefined,
  resourceType: string,
  allowed: readonly string[] = [resourceType],
): readonly Tag[] {
  for (const { ResourceType } of specifications ?? []) {
    if (!allowed.includes(ResourceType)) {
      throw new AwsError(
        'InvalidParameterValue',
        `'${ResourceType}' is not a valid taggable resource type for this operation.`,
      );
    }
  }
  const tags = (specifications ?? [])
    .filter(({ ResourceType }) => ResourceType === resourceType)
    .flatMap(({ Tags }) => Tags);
  assertTaggable(tags);
  return tags;
}

/** @throws AwsError InvalidParameterValue for keys twice in one request or reserved by AWS; TagLimitExceeded */
export function assertTaggable(
  tags: readonly Tag[],
  existing: ReadonlyMap<string, string> = new Map(),
): void {
  const keys = new Set<string>();
  for (const { Key } of tags) {
    if (Key.toLowerCase().startsWith('aws:')) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ( ${Key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
      );
    }
    if (keys.has(Key)) throw new AwsError('InvalidParameterValue', `Duplicate tag key '${Key}' specified.`);
    keys.add(Key);
  }
  if (new Set([...existing.keys(), ...keys]).size > MAX_TAGS) {
    throw new AwsError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
  }
}

/** Puts tags on a resource: existing keys get the new value. */
export function putTags(state: Ec2State, resourceId: string, tags: readonly Tag[]): void {
  if (tags.length === 0) return;
  const held = state.tags.get(resourceId) ?? new Map<string, string>();
  for (const { Key, Value } of tags) held.set(Key, Value);
  state.tags.set(resourceId, held);
}

/** The tags of a resource as `[{ Key, Value }]`. */
export function tagList(state: Ec2State, resourceId: string): Tag[] {
  return [...(state.tags.get(resourceId) ?? [])].map(([Key, Value]) => ({ Key, Value }));
}
