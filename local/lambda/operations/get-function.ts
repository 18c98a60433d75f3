import type { EndpointResponse } from '../../endpoint/response.ts';
import type { FunctionDefinition } from '../../service-definition/service-definition.ts';
import { jsonAnswer } from '../answers.ts';
import type { LambdaOperation } from '../lambda-operation.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html: there is no code to fetch. */
export const getFunction: LambdaOperation = async ({ fn }, { requestId }) =>
  jsonAnswer(requestId, {
    Configuration: configurationOf(fn),
    ...(fn.reservedConcurrency === undefined
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: fn.reservedConcurrency } }),
  });

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export const getFunctionConfiguration: LambdaOperation = async ({ fn }, { requestId }) =>
  jsonAnswer(requestId, configurationOf(fn));

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html: all on one page. */
export function listFunctions(functions: readonly FunctionDefinition[], requestId: string): EndpointResponse {
  return jsonAnswer(requestId, { Functions: functions.map(configurationOf) });
}

function configurationOf(fn: FunctionDefinition): object {
  return {
    FunctionName: fn.functionName,
    FunctionArn: fn.functionArn,
    Role: fn.roleArn,
    Handler: fn.handler,
    Timeout: fn.timeoutSeconds,
    MemorySize: fn.memorySizeMb,
    Version: '$LATEST',
    Environment: { Variables: fn.environment },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
