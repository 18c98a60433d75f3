import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { JsonObject } from '../../service.ts';
import type { AutoScalingState } from './autoscaling/state.ts';
import type { CloudTrailState } from './cloudtrail/state.ts';
import type { ConfigState } from './config/state.ts';
import type { Ec2State } from './ec2/state.ts';
import type { IamState } from './iam/state.ts';
import type { KmsState } from './kms/state.ts';
import type { S3State } from './s3/state.ts';

/** What the in-memory account holds: one member for each service that has resources. */
export interface MemoryState {
  readonly autoscaling: AutoScalingState;
  readonly cloudtrail: CloudTrailState;
  readonly config: ConfigState;
  readonly ec2: Ec2State;
  readonly iam: IamState;
  readonly kms: KmsState;
  readonly s3: S3State;
}

/** What an operation may use: the state, who owns it, the region of the call, and where time and IDs come from. */
export interface MemoryContext {
  readonly state: MemoryState;
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** One API operation. It checks all of its input before it changes anything, so a refused call leaves no trace. */
export interface MemoryOperation {
  run(input: JsonObject, context: MemoryContext): JsonObject;
}

/** The codes with which a service refuses input that does not fit its schema. */
export interface InputErrorCodes {
  readonly missing: string;
  readonly unknown: string;
  readonly invalid: string;
}

export interface OperationDefinition<Shape extends z.ZodRawShape> {
  readonly input: Shape;
  run(input: z.output<z.ZodObject<Shape, z.core.$strict>>, context: MemoryContext): JsonObject;
}

/**
 * Makes an operation from its input's schema and what it does.
 * A parameter that the schema does not name is refused, never ignored: a typo in a runbook must not mean 'all'.
 */
export function defineOperation<Shape extends z.ZodRawShape>(
  codes: InputErrorCodes,
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  const schema = z.strictObject(definition.input);
  return {
    run: (input, context) => {
      const parsed = schema.safeParse(input);
      if (!parsed.success) throw toAwsError(parsed.error, input, codes);
      return definition.run(parsed.data, context);
    },
  };
}

function toAwsError(error: z.ZodError, input: JsonObject, codes: InputErrorCodes): AwsError {
  const [issue] = error.issues;
  if (issue === undefined) return new AwsError(codes.invalid, 'The request is invalid.');
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const name = [path, issue.keys[0]].filter(Boolean).join('.');
    return new AwsError(
      codes.unknown,
      `The parameter ${name} is not recognized by the in-memory account. Mend its name, or use --account URL where it is needed.`,
    );
  }
  const value = valueAt(input, issue.path);
  if (value === undefined)
    return new AwsError(codes.missing, `The request must contain the parameter ${path}`);
  return new AwsError(codes.invalid, `Invalid value '${preview(value)}' for ${path}. ${issue.message}`);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function preview(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
