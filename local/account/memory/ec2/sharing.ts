import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { text, texts } from '../input.ts';
import { EVERYBODY } from './images.ts';

const account = z.strictObject({ UserId: text.optional(), Group: text.optional() });

/** `LaunchPermission` of an image, `CreateVolumePermission` of a snapshot. */
export const permissionChange = z.strictObject({
  Add: z.array(account).default([]),
  Remove: z.array(account).default([]),
});

/** The older, flat way to say the same. */
export const flatPermissionChange = {
  OperationType: z.enum(['add', 'remove']).optional(),
  UserIds: texts.default([]),
};

interface Change {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Whom a request adds and removes: account IDs, and `all`. @throws AwsError InvalidParameterValue, MissingParameter */
export function sharingChange(
  structured: z.output<typeof permissionChange> | undefined,
  flat: { type: 'add' | 'remove' | undefined; names: readonly string[] },
): Change {
  if (structured) return { add: structured.Add.map(nameOf), remove: structured.Remove.map(nameOf) };
  if (flat.names.length > 0 && flat.type === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter operationType');
  }
  const names = flat.names.map(assertName);
  return { add: flat.type === 'add' ? names : [], remove: flat.type === 'remove' ? names : [] };
}

export function applySharing(sharedWith: Set<string>, { add, remove }: Change): void {
  for (const name of add) sharedWith.add(name);
  for (const name of remove) sharedWith.delete(name);
}

/** `[{ UserId }, { Group: 'all' }]` */
export function viewSharing(sharedWith: ReadonlySet<string>): JsonObject[] {
  return [...sharedWith].map((name) => (name === EVERYBODY ? { Group: name } : { UserId: name }));
}

function nameOf({ UserId, Group }: z.output<typeof account>): string {
  return assertName(UserId ?? Group ?? '');
}

function assertName(name: string): string {
  if (name === EVERYBODY || /^\d{12}$/.test(name)) return name;
  throw new AwsError(
    'InvalidAMIAttributeItemValue',
    `Invalid attribute item value "${name}" for userId item type.`,
  );
}
