import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import { assertEnabled, requireOwnKey } from './keys.ts';
import type { KeyRecord } from './state.ts';

/**
 * A key whose rotation the caller may change: symmetric, and enabled.
 * @throws AwsError DisabledException, UnsupportedOperationException …
 */
export function requireRotatableKey(id: string, context: MemoryContext): KeyRecord {
  const key = requireOwnKey(id, context);
  assertEnabled(key, context);
  if (key.keySpec === 'SYMMETRIC_DEFAULT') return key;
  throw new AwsError(
    'UnsupportedOperationException',
    'Automatic key rotation is only supported for symmetric encryption keys.',
  );
}
