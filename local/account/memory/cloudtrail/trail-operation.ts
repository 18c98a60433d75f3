import type { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import {
  defineOperation,
  type MemoryContext,
  type MemoryOperation,
  type OperationDefinition,
} from '../operation.ts';
import type { TrailRecord } from './state.ts';
import { assertTrailName } from './trail-name.ts';

const INVALID = 'InvalidParameterException';

/** A CloudTrail operation, with its error code for bad input. */
export function trailOperation<Shape extends z.ZodRawShape>(
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  return defineOperation({ missing: INVALID, unknown: INVALID, invalid: INVALID }, definition);
}

export function trailArn({ name, region }: Pick<TrailRecord, 'name' | 'region'>, accountId: string): string {
  return `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
}

/** The trail of a name or an ARN; names are the account's, whatever the region. */
export function findTrail(nameOrArn: string, { state }: MemoryContext): TrailRecord | undefined {
  const { trails } = state.cloudtrail;
  return trails.get(nameOrArn) ?? [...trails.values()].find(({ name }) => name === nameOrArn);
}

/** @throws AwsError TrailNotFoundException, InvalidTrailNameException, CloudTrailARNInvalidException */
export function requireTrail(nameOrArn: string, context: MemoryContext): TrailRecord {
  if (nameOrArn.startsWith('arn:')) assertTrailArn(nameOrArn);
  else assertTrailName(nameOrArn);
  const trail = findTrail(nameOrArn, context);
  if (trail) return trail;
  const { region, accountId } = context;
  const arn = nameOrArn.startsWith('arn:') ? nameOrArn : trailArn({ name: nameOrArn, region }, accountId);
  throw new AwsError('TrailNotFoundException', `Unknown trail: ${arn} for the user: ${accountId}`);
}

/** @throws AwsError CloudTrailARNInvalidException */
export function assertTrailArn(arn: string): void {
  if (/^arn:aws[a-z-]*:cloudtrail:[a-z0-9-]+:\d{12}:trail\/.+$/.test(arn)) return;
  throw new AwsError('CloudTrailARNInvalidException', `Trail ARN ${arn} is not valid.`);
}
