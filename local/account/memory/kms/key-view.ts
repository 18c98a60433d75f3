import type { JsonObject } from '../../../service.ts';
import { algorithmsOf } from './key-specs.ts';
import { keyArn, stateOf } from './keys.ts';
import type { KeyRecord } from './state.ts';

/** A key as CreateKey and DescribeKey show it. */
export function viewKey(key: KeyRecord, accountId: string): JsonObject {
  return {
    AWSAccountId: accountId,
    KeyId: key.keyId,
    Arn: keyArn(key, accountId),
    CreationDate: key.creationDate,
    Enabled: stateOf(key) === 'Enabled',
    Description: key.description,
    KeyUsage: key.keyUsage,
    KeyState: stateOf(key),
    ...(key.deletionDate ? { DeletionDate: key.deletionDate } : {}),
    Origin: 'AWS_KMS',
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.keySpec,
    KeySpec: key.keySpec,
    ...algorithmsOf(key.keySpec, key.keyUsage),
    MultiRegion: key.multiRegion,
    ...(key.multiRegion ? { MultiRegionConfiguration: multiRegion(key, accountId) } : {}),
  };
}

function multiRegion(key: KeyRecord, accountId: string): JsonObject {
  return {
    MultiRegionKeyType: 'PRIMARY',
    PrimaryKey: { Arn: keyArn(key, accountId), Region: key.region },
    ReplicaKeys: [],
  };
}
