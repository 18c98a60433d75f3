import type { Shape } from './account/wire/shape.ts';
import type { EndpointResponse } from './endpoint/response.ts';

/** Who calls, and where: read from the request's SigV4 credential scope. */
export interface RequestContext {
  readonly region: string;
  readonly accountId: string;
  /** ARN of the caller: the role of a function, or the laptop's user. */
  readonly principalArn: string;
  readonly requestId: string;
}

export type JsonObject = Record<string, unknown>;

/** One API operation: its input as parsed JSON, its output ready to be serialized (Dates become epoch seconds). */
export type Operation = (input: JsonObject, context: RequestContext) => unknown;

/** A service that speaks AWS JSON 1.0/1.1: dispatched on `x-amz-target: <targetPrefix>.<operation>`. */
export interface AwsJsonService {
  /** Such as `AmazonSSM`, `AWSEvents`, `AmazonSQS`. */
  readonly targetPrefix: string;
  readonly jsonVersion: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Operation>>;
}

/** An operation of the query protocol, whose members are written in forms and XML by their shapes. */
export interface QueryOperation {
  readonly input: Shape;
  readonly output: Shape;
  readonly run: Operation;
}

/** A service that speaks the query protocol: dispatched on the signing name, and on `Action` in the form. */
export interface QueryService {
  /** Such as `sns`. */
  readonly signingName: string;
  /** Of its XML. */
  readonly namespace: string;
  /** Whose requests it answers: those of others are for the account. @default everybody's */
  readonly isFor?: (accessKeyId: string) => boolean;
  readonly operations: Readonly<Record<string, QueryOperation>>;
}

/** A request of a service that speaks REST with JSON. */
export interface RestRequest {
  readonly method: string;
  /** As it came: its segments are percent-encoded. */
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A service that speaks REST with JSON: dispatched on the signing name. */
export interface RestJsonService {
  /** Such as `lambda`. */
  readonly restName: string;
  /** @returns undefined where the request is for the account */
  answer(request: RestRequest, context: RequestContext): Promise<EndpointResponse | undefined>;
}
