import type { JsonObject, Operation } from '../../../service.ts';
import { checkSource, DESCRIPTION, readDataAndCheck, readDetails, SOURCE, TITLE } from '../content.ts';
import { crossAccount, invalidParameter } from '../errors.ts';
import { InputReader } from '../input-reader.ts';
import type { OpsItem } from '../ops-item.ts';
import { opsItemEvent } from '../ops-item-event.ts';
import type { OpsCenterParts } from '../store.ts';
import { readTags } from '../tags.ts';

const ISSUE = '/aws/issue';

/** CreateOpsItem. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html */
export function createOpsItem({ store, events, tags }: OpsCenterParts): Operation {
  return (input, context) => {
    const { content, newTags, accountId } = readInput(input);
    if (accountId !== undefined && accountId !== context.accountId) throw crossAccount(accountId);
    store.assertRoomFor(content);
    const now = store.now();
    const item: OpsItem = {
      ...content,
      ...store.newIdentity(context),
      Status: 'Open',
      Version: '1',
      CreatedBy: context.principalArn,
      CreatedTime: now,
      LastModifiedBy: context.principalArn,
      LastModifiedTime: now,
    };
    // First: the tag store may refuse them, and then there must be no OpsItem.
    tags.set('OpsItem', item.OpsItemId, newTags);
    store.add(item);
    events.publish(opsItemEvent('OpsItem Create', item));
    return { OpsItemId: item.OpsItemId, OpsItemArn: item.OpsItemArn };
  };
}

function readInput(input: JsonObject) {
  const reader = new InputReader(input);
  const Title = reader.requiredText('Title', TITLE);
  const Description = reader.requiredText('Description', DESCRIPTION);
  const Source = reader.requiredText('Source', SOURCE);
  const OpsItemType = reader.text('OpsItemType') ?? ISSUE;
  const accountId = reader.text('AccountId', { pattern: /^[0-9]{12}$/ });
  const details = readDetails(reader);
  const newTags = readTags(reader);
  const OperationalData = readDataAndCheck(reader);
  checkSource(Source);
  if (OpsItemType !== ISSUE) {
    throw invalidParameter(
      'OpsItemType',
      `OpsItems of type ${OpsItemType} cannot be made here, only ${ISSUE}`,
    );
  }
  return {
    content: { Title, Description, Source, OpsItemType, OperationalData, ...details },
    newTags,
    accountId,
  };
}
