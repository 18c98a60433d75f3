import { text } from '../../input.ts';
import { aliasArn, liveKeys, requireKeyById } from '../keys.ts';
import { kmsOperation, pageInput, pageOf } from '../kms-operation.ts';

/**
 * Those of AWS's own keys are listed once such a key was used.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html
 */
export const listAliases = kmsOperation({
  input: { KeyId: text.min(1).optional(), ...pageInput },
  run: ({ KeyId, ...input }, context) => {
    const target = KeyId === undefined ? undefined : requireKeyById(KeyId, context).keyId;
    const live = new Set(liveKeys(context).map(({ keyId }) => keyId));
    const found = [...context.state.kms.aliases.values()]
      .filter(({ targetKeyId }) => live.has(targetKeyId))
      .filter(({ targetKeyId }) => target === undefined || targetKeyId === target);
    const { items, end } = pageOf(found, input, 50);
    const Aliases = items.map((alias) => ({
      AliasName: alias.name,
      AliasArn: aliasArn(alias, context.accountId),
      TargetKeyId: alias.targetKeyId,
      CreationDate: alias.creationDate,
      LastUpdatedDate: alias.creationDate,
    }));
    return { Aliases, ...end };
  },
});
