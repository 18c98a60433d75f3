import type { MemoryOperation } from '../operation.ts';

/** What the in-memory account knows of IAM. https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export const iamOperations = {} as const satisfies Readonly<Record<`iam.${string}`, MemoryOperation>>;
