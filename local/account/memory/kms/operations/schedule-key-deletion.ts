import { integer, text } from '../../input.ts';
import { keyArn, requireOwnKey } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const scheduleKeyDeletion = kmsOperation({
  input: {
    KeyId: text.min(1),
    PendingWindowInDays: integer
      .refine((days) => days >= 7 && days <= 30, 'Expected 7 to 30 days.')
      .default(30),
  },
  run: ({ KeyId, PendingWindowInDays }, context) => {
    const key = requireOwnKey(KeyId, context);
    key.deletionDate = new Date(context.clock.now().getTime() + PendingWindowInDays * DAY_MS);
    return {
      KeyId: keyArn(key, context.accountId),
      DeletionDate: key.deletionDate,
      KeyState: 'PendingDeletion',
      PendingWindowInDays,
    };
  },
});
