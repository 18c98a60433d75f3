import { jsonAnswer } from '../answers.ts';
import type { LambdaOperation } from '../lambda-operation.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export const getFunctionConcurrency: LambdaOperation = async ({ fn }, { requestId }) =>
  jsonAnswer(
    requestId,
    fn.reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: fn.reservedConcurrency },
  );

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export const getFunctionEventInvokeConfig: LambdaOperation = async ({ fn }, { requestId }) => {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onFailureQueueArn } = fn.asyncConfig;
  return jsonAnswer(requestId, {
    FunctionArn: `${fn.functionArn}:$LATEST`,
    MaximumRetryAttempts: maximumRetryAttempts,
    MaximumEventAgeInSeconds: maximumEventAgeSeconds,
    DestinationConfig: {
      OnFailure: onFailureQueueArn === undefined ? {} : { Destination: onFailureQueueArn },
      OnSuccess: {},
    },
  });
};
