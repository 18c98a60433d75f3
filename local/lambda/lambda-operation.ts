import type { EndpointResponse } from '../endpoint/response.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import type { RequestContext, RestRequest } from '../service.ts';
import type { FunctionDefinition } from '../service-definition/service-definition.ts';

export interface LambdaDeps {
  readonly functions: readonly FunctionDefinition[];
  /** What runs them; undefined until it has started. */
  readonly host: () => Pick<FunctionHost, 'invoke' | 'invokeAsync'> | undefined;
  /** Whether functions of other names may be the account's. */
  readonly others: boolean;
  /** The ARN of a table's stream. */
  readonly streamArnOf: (tableName: string) => Promise<string | undefined>;
}

export interface LambdaRequest extends RestRequest {
  readonly fn: FunctionDefinition;
}

/** One operation of Lambda's API on a function of the service. */
export type LambdaOperation = (
  request: LambdaRequest,
  context: RequestContext,
  deps: LambdaDeps,
) => Promise<EndpointResponse>;
