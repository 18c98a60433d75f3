import type { MemoryOperation } from '../operation.ts';

/** What the in-memory account knows of Auto Scaling. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/ */
export const autoScalingOperations = {} as const satisfies Readonly<
  Record<`autoscaling.${string}`, MemoryOperation>
>;
