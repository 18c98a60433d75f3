import { autoScalingOperations } from './autoscaling/registry.ts';
import { cloudTrailOperations } from './cloudtrail/registry.ts';
import { configOperations } from './config/registry.ts';
import { ec2Operations } from './ec2/registry.ts';
import { iamOperations } from './iam/registry.ts';
import { kmsOperations } from './kms/registry.ts';
import type { MemoryOperation } from './operation.ts';
import { s3Operations } from './s3/registry.ts';
import { stsOperations } from './sts/registry.ts';
import { taggingOperations } from './tagging/registry.ts';

const operations: Readonly<Record<string, MemoryOperation>> = {
  ...autoScalingOperations,
  ...cloudTrailOperations,
  ...configOperations,
  ...ec2Operations,
  ...iamOperations,
  ...kmsOperations,
  ...s3Operations,
  ...stsOperations,
  ...taggingOperations,
};

/** The operation of that service and name, such as `ec2` `DescribeSecurityGroups`. */
export function findOperation(service: string, operation: string): MemoryOperation | undefined {
  const key = `${service}.${operation}`;
  return Object.hasOwn(operations, key) ? operations[key] : undefined;
}

/** Whether the account has anything of a service. */
export function hasService(service: string): boolean {
  return Object.keys(operations).some((key) => key.startsWith(`${service}.`));
}
