import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { text } from '../input.ts';
import {
  defineOperation,
  type InputErrorCodes,
  type MemoryContext,
  type MemoryOperation,
  type OperationDefinition,
} from '../operation.ts';
import { accessDenied, requireBucket } from './buckets.ts';
import type { BucketRecord } from './state.ts';

/** Of parameters in headers and query. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const ARGUMENTS: InputErrorCodes = {
  missing: 'InvalidRequest',
  unknown: 'InvalidArgument',
  invalid: 'InvalidArgument',
};

/** Of documents in a request's body. */
const DOCUMENT: InputErrorCodes = {
  missing: 'MalformedXML',
  unknown: 'MalformedXML',
  invalid: 'MalformedXML',
};

/** Parameters of every request on a bucket. Digests are checked where a request comes over HTTP. */
const common = {
  Bucket: text,
  ExpectedBucketOwner: text.optional(),
  ContentMD5: text.optional(),
  ChecksumAlgorithm: text.optional(),
};

type Parsed<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape & typeof common, z.core.$strict>>;

/** An operation on no bucket in particular, or on one that need not exist yet. */
export function s3Operation<Shape extends z.ZodRawShape>(
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  return defineOperation(ARGUMENTS, definition);
}

export interface BucketOperationDefinition<Shape extends z.ZodRawShape> {
  readonly input: Shape;
  /** Whether faults of the input are faults of an XML document. @default false */
  readonly hasDocument?: boolean;
  /** Whether answers have no body, and so errors no code of their own: HEAD. @default false */
  readonly isHead?: boolean;
  run(bucket: BucketRecord, input: Parsed<Shape>, context: MemoryContext): JsonObject;
}

/**
 * An operation on a bucket that must exist and be the caller's.
 * @throws AwsError NoSuchBucket, AccessDenied (ExpectedBucketOwner)
 */
export function bucketOperation<Shape extends z.ZodRawShape>(
  definition: BucketOperationDefinition<Shape>,
): MemoryOperation {
  const operation = defineOperation(definition.hasDocument ? DOCUMENT : ARGUMENTS, {
    input: { ...definition.input, ...common },
    run: (input, context) => {
      const { Bucket, ExpectedBucketOwner } = z.object(common).parse(input);
      const bucket = requireBucket(Bucket, context);
      if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== context.accountId) {
        throw accessDenied();
      }
      return definition.run(bucket, input, context);
    },
  });
  if (!definition.isHead) return operation;
  return { run: (input, context) => withoutErrorBody(() => operation.run(input, context)) };
}

/** The answer to HEAD has no body, so that clients know nothing but its status. */
function withoutErrorBody(run: () => JsonObject): JsonObject {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const known = HEAD_ERRORS[error.statusCode] ?? { code: 'BadRequest', message: 'Bad Request' };
    throw new AwsError(known.code, known.message, { statusCode: error.statusCode, cause: error });
  }
}

const HEAD_ERRORS: Readonly<Record<number, { code: string; message: string } | undefined>> = {
  304: { code: 'NotModified', message: 'Not Modified' },
  403: { code: 'Forbidden', message: 'Forbidden' },
  404: { code: 'NotFound', message: 'Not Found' },
  405: { code: 'MethodNotAllowed', message: 'Method Not Allowed' },
  412: { code: 'PreconditionFailed', message: 'Precondition Failed' },
  416: { code: 'RequestedRangeNotSatisfiable', message: 'Requested Range Not Satisfiable' },
};
