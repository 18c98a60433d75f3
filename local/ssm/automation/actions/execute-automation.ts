import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { isJsonObject, optionalObjects, optionalStrings } from '../../tags/request.ts';
import type { Execution } from '../execution.ts';
import { StepFailure } from '../failure.ts';
import type { ChildRequest } from '../launcher.ts';
import { toStrings } from '../parameter-values.ts';
import { readRateControl } from '../read-rate-control.ts';
import { asText } from '../tokens.ts';
import { documentOutputs } from '../views.ts';
import type { Action, ActionContext } from './action.ts';
import { invalidInput, requiredText } from './inputs.ts';
import { inBraces } from './support/in-braces.ts';

/**
 * Runs another runbook, and waits for its end; the step ends as the other execution does.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAutomation.html
 */
export const executeAutomation: Action = {
  name: 'aws:executeAutomation',
  endsItself: true,
  run: async (context) => {
    const child = start(context);
    await ended(child, context.signal);
    const outputs = new Map<string, unknown>([
      ['ExecutionId', child.id],
      ['Status', child.status],
      ['Output', [...documentOutputs(child).values()].flat()],
    ]);
    if (child.status === 'Success') return { outputs, response: Object.fromEntries(outputs) };
    const shown = ['Status', 'Output', 'ExecutionId'].map((name) => [name, outputs.get(name)] as const);
    throw new StepFailure(
      `Failed to run automation with executionId: ${child.id} ${child.status} : ${inBraces(shown)}. ${child.failureMessage ?? ''}`.trim(),
      { during: 'Execution complete: verified', outputs },
    );
  },
};

function start({ deps, execution, inputs }: ActionContext): Execution {
  const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== ''));
  const request: ChildRequest = {
    documentName: requiredText(inputs, 'DocumentName'),
    documentVersion: optional(inputs, 'DocumentVersion'),
    parameters: readParameters(inputs.RuntimeParameters),
    parent: execution,
    rateControl: refused(() => readRateControl(given)),
    region: refused(() => locationOf(given, execution)),
  };
  return refused(() => deps.startChild(request));
}

/** One region of the own account is all that TargetLocations can name here; the role is not assumed. */
function locationOf(inputs: JsonObject, { accountId }: Execution): string | undefined {
  const locations = optionalObjects(inputs, 'TargetLocations');
  const accounts = locations.flatMap((location) => optionalStrings(location, 'Accounts'));
  const regions = locations.flatMap((location) => optionalStrings(location, 'Regions'));
  const elsewhere = accounts.find((account) => account !== accountId);
  if (elsewhere === undefined && new Set(regions).size <= 1) return regions[0];
  throw invalidInput(
    `TargetLocations can name one region of the account ${accountId} here, not ${elsewhere ?? regions.join(' and ')}`,
  );
}

/** A cancelled step cancels what it started. */
async function ended(child: Execution, signal: AbortSignal): Promise<void> {
  const cancel = () => {
    if (child.endTime !== undefined) return;
    child.status = 'Cancelling';
    child.cancellation.abort();
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) cancel();
    await child.ended.promise;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  signal.throwIfAborted();
}

/** Values of any type, as the strings that a start takes. */
function readParameters(given: unknown): ReadonlyMap<string, readonly string[]> {
  if (given === undefined || given === null) return new Map();
  if (!isJsonObject(given)) throw invalidInput('RuntimeParameters has to be a map');
  return new Map(
    Object.entries(given)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, toStrings(value)]),
  );
}

function optional(inputs: JsonObject, name: string): string | undefined {
  const value = inputs[name];
  return value === undefined || value === null || value === '' ? undefined : asText(value);
}

/** What Systems Manager refuses to start is the step's fault, and trying again would not help. */
function refused<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new StepFailure(
      `An error occurred (${error.code}) when calling the StartAutomationExecution operation: ${error.message}`,
      { details: { stage: 'InputValidation' }, cause: error },
    );
  }
}
