import { z } from 'zod';
import { StepFailure } from '../failure.ts';
import type { Action, ActionContext } from './action.ts';
import { invalidInput } from './inputs.ts';
import { callService } from './support/call-service.ts';
import { defined, map, readInputs, text } from './support/input-schema.ts';
import { pollUntil } from './support/poll.ts';
import { idOf, textOf } from './support/read.ts';
import { outputsOf, resultOf } from './support/result.ts';

/** What Step Functions takes as an execution's input. */
const MAX_INPUT_BYTES = 256 * 1024;
const OUTPUTS = [
  'executionArn',
  'input',
  'name',
  'output',
  'startDate',
  'stateMachineArn',
  'status',
  'stopDate',
];

/**
 * Runs a Step Functions state machine and waits for its end; stops it where the step is cancelled or times out.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeStateMachine.html
 */
export const executeStateMachine: Action = {
  name: 'aws:executeStateMachine',
  run: async (context) => {
    const { input, ...inputs } = readInputs(context.inputs, {
      stateMachineArn: text,
      name: text.optional(),
      input: z.union([map, text]).optional(),
    });
    const json = typeof input === 'object' ? JSON.stringify(input) : input;
    if (Buffer.byteLength(json ?? '') > MAX_INPUT_BYTES)
      throw invalidInput('the input is larger than 256 KB');
    const started = await callService(context, {
      service: 'sfn',
      operation: 'StartExecution',
      input: defined({ ...inputs, input: json }),
    });
    const executionArn = idOf(started, 'executionArn', 'StartExecution');
    try {
      return await pollUntil(context, () => askForEnd(context, executionArn));
    } catch (error) {
      if (context.signal.aborted) await stop(context, executionArn);
      throw error;
    }
  },
};

async function askForEnd(context: ActionContext, executionArn: string) {
  const execution = await callService(context, {
    service: 'sfn',
    operation: 'DescribeExecution',
    input: { executionArn },
  });
  if (execution.status === 'RUNNING' || execution.status === 'PENDING_REDRIVE') return undefined;
  const outputs = defined(Object.fromEntries(OUTPUTS.map((name) => [name, textOf(execution, name)])));
  if (execution.status === 'SUCCEEDED') return resultOf(outputs);
  const reasons = [textOf(execution, 'error'), textOf(execution, 'cause')].filter(
    (text) => text !== undefined,
  );
  throw new StepFailure(
    `The execution ${executionArn} has the status ${execution.status}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`,
    { during: 'Poll action status for completion', outputs: outputsOf(outputs) },
  );
}

async function stop({ deps, execution }: ActionContext, executionArn: string): Promise<void> {
  try {
    await deps.account.call({
      service: 'sfn',
      operation: 'StopExecution',
      input: { executionArn, cause: `Automation execution ${execution.id} was stopped` },
      region: execution.region,
    });
  } catch (error) {
    deps.reportFault(error);
  }
}
