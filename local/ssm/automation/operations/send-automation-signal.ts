import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { isJsonObject, optionalStrings, requiredString, violation } from '../../tags/request.ts';
import { hasEnded } from '../execution.ts';
import { deliver, invalidSignal, type SignalType } from '../signals.ts';
import type { OperationDeps } from './deps.ts';
import { findExecution } from './get-automation-execution.ts';

const TYPES: readonly SignalType[] = ['Approve', 'Reject', 'StartStep', 'StopStep', 'Resume', 'Revoke'];
const NAMED: ReadonlySet<string> = new Set(['StartStep', 'Resume']);

/**
 * Approves or rejects a step, resumes a paused one, starts the next one of an Interactive execution, or stops one.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendAutomationSignal.html
 * @throws AwsError AutomationExecutionNotFoundException, AutomationStepNotFoundException, InvalidAutomationSignalException
 */
export function sendAutomationSignal(
  deps: OperationDeps,
  input: JsonObject,
  context: RequestContext,
): JsonObject {
  const execution = findExecution(deps, input);
  const asked = requiredString(input, 'SignalType', { oneOf: TYPES });
  const type = TYPES.find((known) => known === asked);
  const payload = readPayload(input);
  if (type === undefined || type === 'Revoke') {
    throw invalidSignal('The signal Revoke ends just-in-time access to nodes, which is not kept here.');
  }
  if (hasEnded(execution.status)) {
    throw invalidSignal(
      `The automation execution ${execution.id} has already ended: its status is ${execution.status}.`,
    );
  }
  if (execution.mode === 'Auto' && type === 'StartStep') {
    throw invalidSignal(`The automation execution ${execution.id} does not run in Interactive mode.`);
  }
  if (NAMED.has(type) && execution.waiters.size > 1 && !payload.has('StepName')) {
    throw invalidSignal(`The signal ${type} needs the StepName in its payload.`);
  }
  deliver(execution, { type, principal: context.principalArn, payload });
  return {};
}

function readPayload(input: JsonObject): ReadonlyMap<string, readonly string[]> {
  const { Payload: payload = {} } = input;
  if (payload === null) return new Map();
  if (!isJsonObject(payload)) {
    throw new AwsError('SerializationException', 'Payload has to be a map of lists of strings');
  }
  const names = Object.keys(payload);
  if (names.length > 200) {
    throw violation('Payload', payload, 'Member must have length less than or equal to 200');
  }
  return new Map(
    names.map((name) => [name, optionalStrings(payload, name, { max: 50, minLength: 1, maxLength: 512 })]),
  );
}
