import type { JsonObject } from '../service.ts';

/** One call of an AWS API: names as the SDK and the API reference spell them (`ec2`, `RevokeSecurityGroupIngress`). */
export interface AccountCall {
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly region: string;
}

/**
 * The AWS account that runbooks act on: in memory, or any endpoint that speaks AWS's protocols.
 * Inputs and outputs have the shapes of the API reference (`{ SecurityGroups: [...] }`).
 */
export interface Account {
  /** @throws AwsError with the service's own code, such as `InvalidGroup.NotFound` */
  call(call: AccountCall): Promise<JsonObject>;
  /** Answers one HTTP request in the service's wire protocol, so that the AWS CLI reaches the account. */
  handleHttp(request: AccountHttpRequest): Promise<AccountHttpResponse>;
  close(): Promise<void>;
}

export interface AccountHttpRequest {
  /** Signing name of the service: `ec2`, `tagging`, `s3` … */
  readonly service: string;
  readonly region: string;
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface AccountHttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}
