import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { optionalString } from '../../tags/request.ts';
import { hasEnded } from '../execution.ts';
import type { OperationDeps } from './deps.ts';
import { findExecution } from './get-automation-execution.ts';

/**
 * `Cancel` (the default) stops the step that runs; `Complete` lets it end and begins no other.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StopAutomationExecution.html
 * @throws AwsError AutomationExecutionNotFoundException, InvalidAutomationStatusUpdateException
 */
export function stopAutomationExecution(deps: OperationDeps, input: JsonObject): JsonObject {
  const type = optionalString(input, 'Type', { oneOf: ['Complete', 'Cancel'] }) ?? 'Cancel';
  const execution = findExecution(deps, input);
  if (hasEnded(execution.status) || execution.status === 'Cancelling') {
    throw new AwsError(
      'InvalidAutomationStatusUpdateException',
      `The automation execution ${execution.id} can't be stopped: its status is ${execution.status}.`,
    );
  }
  if (type === 'Complete') {
    execution.completeRequested = true;
  } else {
    execution.status = 'Cancelling';
    execution.cancellation.abort();
  }
  return {};
}
