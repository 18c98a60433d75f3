import type { MemoryOperation } from '../operation.ts';
import { getCallerIdentity } from './get-caller-identity.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/ */
export const stsOperations = {
  'sts.GetCallerIdentity': getCallerIdentity,
} as const satisfies Readonly<Record<`sts.${string}`, MemoryOperation>>;
