import type { MemoryOperation } from '../operation.ts';
import { cancelKeyDeletion } from './operations/cancel-key-deletion.ts';
import { createAlias } from './operations/create-alias.ts';
import { createKey } from './operations/create-key.ts';
import { deleteAlias } from './operations/delete-alias.ts';
import { describeKey } from './operations/describe-key.ts';
import { disableKey } from './operations/disable-key.ts';
import { disableKeyRotation } from './operations/disable-key-rotation.ts';
import { enableKey } from './operations/enable-key.ts';
import { enableKeyRotation } from './operations/enable-key-rotation.ts';
import { getKeyPolicy } from './operations/get-key-policy.ts';
import { getKeyRotationStatus } from './operations/get-key-rotation-status.ts';
import { listAliases } from './operations/list-aliases.ts';
import { listKeys } from './operations/list-keys.ts';
import { listResourceTags } from './operations/list-resource-tags.ts';
import { putKeyPolicy } from './operations/put-key-policy.ts';
import { scheduleKeyDeletion } from './operations/schedule-key-deletion.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';

/** What the in-memory account knows of KMS. https://docs.aws.amazon.com/kms/latest/APIReference/ */
export const kmsOperations = {
  'kms.CancelKeyDeletion': cancelKeyDeletion,
  'kms.CreateAlias': createAlias,
  'kms.CreateKey': createKey,
  'kms.DeleteAlias': deleteAlias,
  'kms.DescribeKey': describeKey,
  'kms.DisableKey': disableKey,
  'kms.DisableKeyRotation': disableKeyRotation,
  'kms.EnableKey': enableKey,
  'kms.EnableKeyRotation': enableKeyRotation,
  'kms.GetKeyPolicy': getKeyPolicy,
  'kms.GetKeyRotationStatus': getKeyRotationStatus,
  'kms.ListAliases': listAliases,
  'kms.ListKeys': listKeys,
  'kms.ListResourceTags': listResourceTags,
  'kms.PutKeyPolicy': putKeyPolicy,
  'kms.ScheduleKeyDeletion': scheduleKeyDeletion,
  'kms.TagResource': tagResource,
  'kms.UntagResource': untagResource,
} as const satisfies Readonly<Record<`kms.${string}`, MemoryOperation>>;
