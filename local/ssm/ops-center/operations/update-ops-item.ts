import type { Operation } from '../../../service.ts';
import { DESCRIPTION, OPS_ITEM_ID, readDataAndCheck, readDetails, TITLE } from '../content.ts';
import { invalidParameter } from '../errors.ts';
import { InputReader, wrongType } from '../input-reader.ts';
import { OPS_ITEM_STATUSES, type OperationalData, type OpsItem, type OpsItemStatus } from '../ops-item.ts';
import { opsItemEvent } from '../ops-item-event.ts';
import type { OpsCenterParts } from '../store.ts';

/** All statuses of the API; those that are not of `/aws/issue` are refused after the model is satisfied. */
const API_STATUSES = [
  ...OPS_ITEM_STATUSES,
  'Pending',
  'TimedOut',
  'Cancelling',
  'Cancelled',
  'Failed',
  'CompletedWithSuccess',
  'CompletedWithFailure',
  'Scheduled',
  'RunbookInProgress',
  'PendingChangeCalendarOverride',
  'ChangeCalendarOverrideApproved',
  'ChangeCalendarOverrideRejected',
  'PendingApproval',
  'Approved',
  'Revoked',
  'Rejected',
  'Closed',
];

/**
 * UpdateOpsItem. Operational data is merged key by key; keys to delete are taken away first.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateOpsItem.html
 */
export function updateOpsItem({ store, events }: OpsCenterParts): Operation {
  return (input, context) => {
    const reader = new InputReader(input);
    const opsItemId = reader.requiredText('OpsItemId', OPS_ITEM_ID);
    const title = reader.text('Title', TITLE);
    const description = reader.text('Description', DESCRIPTION);
    const status = reader.text('Status', { oneOf: API_STATUSES });
    const keysToDelete = readKeysToDelete(reader);
    const details = readDetails(reader);
    const data = readDataAndCheck(reader);

    const item = store.get(opsItemId);
    const updated: OpsItem = {
      ...item,
      ...details,
      ...(title === undefined ? {} : { Title: title }),
      ...(description === undefined ? {} : { Description: description }),
      ...(status === undefined ? {} : { Status: requireIssueStatus(status) }),
      OperationalData: { ...without(item.OperationalData, keysToDelete), ...data },
      Version: String(Number(item.Version) + 1),
      LastModifiedBy: context.principalArn,
      LastModifiedTime: store.now(),
    };
    store.replace(updated);
    events.publish(opsItemEvent('OpsItem Update', updated));
    return {};
  };
}

function requireIssueStatus(status: string): OpsItemStatus {
  const known = OPS_ITEM_STATUSES.find((candidate) => candidate === status);
  if (!known) {
    throw invalidParameter(
      'Status',
      `An OpsItem of type /aws/issue cannot have the status ${status}, only ${OPS_ITEM_STATUSES.join(', ')}`,
    );
  }
  return known;
}

function readKeysToDelete(reader: InputReader): readonly string[] {
  const keys = reader.list('OperationalDataToDelete') ?? [];
  return keys.map((key) => {
    if (typeof key !== 'string') throw wrongType('OperationalDataToDelete');
    return key;
  });
}

function without(data: OperationalData, keys: readonly string[]): OperationalData {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));
}
