import type { Context } from 'aws-lambda';
import { vi } from 'vitest';

/** What serverless.yml and Lambda set, with every AWS call going to `url`. Handlers read it when they are imported. */
export function stubFunctionEnvironment(url: string): void {
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    CHECK_TRACKER_TABLE: 'CheckTrackerTable',
    AUTOMATION_MAPPING_TABLE: 'AutomationMappingTable',
    AUTOMATION_EXECUTION_TRACKER_TABLE: 'AutomationExecutionTrackerTable',
    REMEDIATION_EXCEPTION_TABLE: 'RemediationExceptionTable',
    REMEDIATION_GUARD_TABLE: 'RemediationGuardTable',
    ACCOUNT_ID: '123456789012',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** What Lambda tells a handler of its invocation. */
export function aContext(): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'remediator-test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:012345678901:function:remediator-test',
    memoryLimitInMB: '512',
    awsRequestId: '00000000-0000-4000-8000-000000000000',
    logGroupName: '/aws/lambda/remediator-test',
    logStreamName: 'test',
    getRemainingTimeInMillis: () => 30_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
