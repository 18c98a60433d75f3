import type { JsonObject } from '../../../service.ts';
import { requiredString } from '../../tags/request.ts';
import type { Execution } from '../execution.ts';
import { toAutomationExecution } from '../views.ts';
import type { OperationDeps } from './deps.ts';

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetAutomationExecution.html
 * @throws AwsError AutomationExecutionNotFoundException
 */
export function getAutomationExecution(deps: OperationDeps, input: JsonObject): JsonObject {
  return { AutomationExecution: toAutomationExecution(findExecution(deps, input)) };
}

/** The execution that a request's `AutomationExecutionId` names. */
export function findExecution(deps: OperationDeps, input: JsonObject): Execution {
  const id = requiredString(input, 'AutomationExecutionId', { minLength: 36, maxLength: 36 });
  return deps.executions.get(id);
}
