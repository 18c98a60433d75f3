import type { JsonObject, RequestContext } from '../../../service.ts';
import { prepareExecution } from '../launcher.ts';
import type { OperationDeps } from './deps.ts';
import { fingerprint, readStartRequest } from './start-request.ts';

/**
 * Starts a runbook, or one for each of many targets, and returns its execution's ID at once. A client token that comes again with the same
 * inputs starts nothing, and returns the first execution's ID.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
 * @throws AwsError AutomationDefinitionNotFoundException, AutomationDefinitionVersionNotFoundException,
 * InvalidAutomationExecutionParametersException, IdempotentParameterMismatch,
 * AutomationExecutionLimitExceededException, InvalidTarget, ValidationException
 */
export function startAutomationExecution(
  deps: OperationDeps,
  input: JsonObject,
  context: RequestContext,
): JsonObject {
  const request = readStartRequest(input);
  const print = fingerprint(request);
  if (request.clientToken !== undefined) {
    const started = deps.executions.startedBy(request.clientToken, print);
    if (started !== undefined) return { AutomationExecutionId: started };
  }
  const { region, accountId, principalArn } = context;
  const execution = prepareExecution(deps, request, { region, accountId, executedBy: principalArn });
  deps.engine.assertRoom();
  deps.executions.add(execution);
  deps.tags.set('Automation', execution.id, request.tags);
  if (request.clientToken !== undefined) {
    deps.executions.rememberStart(request.clientToken, {
      executionId: execution.id,
      fingerprint: print,
    });
  }
  deps.engine.start(execution);
  return { AutomationExecutionId: execution.id };
}
