import type { Operation } from '../../../service.ts';
import { OPS_ITEM_ID } from '../content.ts';
import { InputReader } from '../input-reader.ts';
import type { OpsCenterParts } from '../store.ts';

/** GetOpsItem. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetOpsItem.html */
export function getOpsItem({ store }: OpsCenterParts): Operation {
  return (input) => {
    const reader = new InputReader(input);
    const opsItemId = reader.requiredText('OpsItemId', OPS_ITEM_ID);
    reader.throwViolations();
    return { OpsItem: store.get(opsItemId) };
  };
}
