import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import { AWS_ALIAS_PREFIX, isAwsAlias, managedKey } from './managed-keys.ts';
import type { KeyRecord, KmsState } from './state.ts';

const ARN = /^arn:[^:]+:kms:[^:]*:(\d{12}):(key\/.+|alias\/.+)$/;

export function keyArn({ keyId, region }: Pick<KeyRecord, 'keyId' | 'region'>, accountId: string): string {
  return `arn:aws:kms:${region}:${accountId}:key/${keyId}`;
}

export function aliasArn({ name, region }: { name: string; region: string }, accountId: string): string {
  return `arn:aws:kms:${region}:${accountId}:${name}`;
}

/** All keys that there are still: a key whose deletion came due is gone. */
export function liveKeys({ state: { kms }, clock }: MemoryContext): KeyRecord[] {
  const now = clock.now();
  for (const key of kms.keys.values()) {
    if (key.deletionDate && key.deletionDate <= now) forget(kms, key);
  }
  return [...kms.keys.values()];
}

/**
 * The key of an ID, an ARN, an alias or an alias's ARN. AWS's own keys come to be when their alias is first used.
 * @throws AwsError NotFoundException
 */
export function requireKey(id: string, context: MemoryContext): KeyRecord {
  const keys = liveKeys(context);
  const name = localName(id, context);
  if (name.startsWith(AWS_ALIAS_PREFIX) && isAwsAlias(name)) return managedKey(name, context);
  const keyId = name.startsWith('alias/') ? targetOf(name, context) : name.replace(/^key\//, '');
  const key = keys.find((each) => each.keyId === keyId);
  if (key) return key;
  const arn = id.startsWith('arn:') ? id : keyArn({ keyId, region: context.region }, context.accountId);
  throw new AwsError('NotFoundException', `Key '${arn}' does not exist`);
}

/** As `requireKey`, for operations that take no alias. */
export function requireKeyById(id: string, context: MemoryContext): KeyRecord {
  if (!/^(?:alias\/|arn:[^:]+:kms:[^:]*:\d*:alias\/)/.test(id)) return requireKey(id, context);
  throw new AwsError('NotFoundException', `Invalid keyId '${id}'`);
}

/**
 * As `requireKeyById`, for a key that the caller may change.
 * @throws AwsError AccessDeniedException (AWS's own), KMSInvalidStateException (pending deletion)
 */
export function requireOwnKey(id: string, context: MemoryContext): KeyRecord {
  const key = requireKeyById(id, context);
  assertCustomer(key, context);
  if (key.deletionDate === undefined) return key;
  throw new AwsError('KMSInvalidStateException', `${keyArn(key, context.accountId)} is pending deletion.`);
}

/** @throws AwsError AccessDeniedException */
export function assertCustomer(key: KeyRecord, { accountId }: MemoryContext): void {
  if (key.manager === 'CUSTOMER') return;
  const arn = keyArn(key, accountId);
  throw new AwsError('AccessDeniedException', `${arn} is managed by AWS: nobody else can change it.`);
}

/** @throws AwsError DisabledException */
export function assertEnabled(key: KeyRecord, { accountId }: MemoryContext): void {
  if (!key.enabled) throw new AwsError('DisabledException', `${keyArn(key, accountId)} is disabled.`);
}

export function stateOf(key: KeyRecord): 'Enabled' | 'Disabled' | 'PendingDeletion' {
  if (key.deletionDate) return 'PendingDeletion';
  return key.enabled ? 'Enabled' : 'Disabled';
}

function localName(id: string, { accountId }: MemoryContext): string {
  if (!id.startsWith('arn:')) return id;
  const [, account, name] = ARN.exec(id) ?? [];
  if (name === undefined) throw new AwsError('InvalidArnException', `Invalid arn ${id}`);
  if (account === accountId) return name;
  throw new AwsError('NotFoundException', `Key '${id}' does not exist`);
}

function targetOf(name: string, { state, region, accountId }: MemoryContext): string {
  const alias = state.kms.aliases.get(name);
  if (alias) return alias.targetKeyId;
  const arn = aliasArn({ name, region }, accountId);
  throw new AwsError('NotFoundException', `Alias ${arn} is not found.`);
}

function forget({ keys, aliases }: KmsState, { keyId }: KeyRecord): void {
  keys.delete(keyId);
  for (const { name, targetKeyId } of [...aliases.values()]) {
    if (targetKeyId === keyId) aliases.delete(name);
  }
}
