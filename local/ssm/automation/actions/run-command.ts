import type { JsonObject } from '../../../service.ts';
import { StepFailure } from '../failure.ts';
import type { Action, ActionContext, ActionResult } from './action.ts';
import { invalidInput } from './inputs.ts';
import { callService } from './support/call-service.ts';
import { inBraces } from './support/in-braces.ts';
import { defined, flag, integer, map, maps, oneOf, readInputs, text, texts } from './support/input-schema.ts';
import { pollUntil } from './support/poll.ts';
import { idOf, listOf, mapOf, textOf } from './support/read.ts';
import { outputsOf, resultOf } from './support/result.ts';

const INPUTS = {
  AlarmConfiguration: map.optional(),
  DocumentName: text,
  DocumentVersion: text.optional(),
  DocumentHash: text.optional(),
  DocumentHashType: oneOf('Sha256', 'Sha1').optional(),
  InstanceIds: texts.optional(),
  Targets: maps.optional(),
  Parameters: map.optional(),
  CloudWatchOutputConfig: map.optional(),
  Comment: text.optional(),
  MaxConcurrency: text.optional(),
  MaxErrors: text.optional(),
  NotificationConfig: map.optional(),
  OutputS3BucketName: text.optional(),
  OutputS3KeyPrefix: text.optional(),
  OutputS3Region: text.optional(),
  PreventConcurrentExecution: flag.optional(),
  ServiceRoleArn: text.optional(),
  TimeoutSeconds: integer.optional(),
};

const UNFINISHED: readonly unknown[] = ['Pending', 'InProgress', 'Cancelling', 'Delayed'];
/** What Run Command keeps of an output, and Automation shows. */
const MAX_OUTPUT = 2500;

/**
 * Sends a command to managed instances and waits for its end; cancels it where the step is cancelled or times out.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runcommand.html
 */
export const runCommand: Action = {
  name: 'aws:runCommand',
  run: async (context) => {
    const { Parameters, PreventConcurrentExecution: _own, ...inputs } = readInputs(context.inputs, INPUTS);
    if (inputs.InstanceIds === undefined && inputs.Targets === undefined) {
      throw invalidInput('InstanceIds or Targets has to be given');
    }
    const sent = await callService(context, {
      service: 'ssm',
      operation: 'SendCommand',
      input: defined({ ...inputs, Parameters: Parameters && toStringLists(Parameters) }),
    });
    const id = idOf(mapOf(sent, 'Command'), 'CommandId', 'SendCommand');
    try {
      return await pollUntil(context, () => askForEnd(context, id));
    } catch (error) {
      if (context.signal.aborted) await cancel(context, id);
      throw error;
    }
  },
};

async function askForEnd(context: ActionContext, CommandId: string): Promise<ActionResult | undefined> {
  const commands = await callService(context, {
    service: 'ssm',
    operation: 'ListCommands',
    input: { CommandId },
  });
  const [command] = listOf(commands, 'Commands');
  if (command === undefined || UNFINISHED.includes(command.Status)) return undefined;
  if (command.TargetCount === 0) {
    throw new StepFailure(
      `Command ${CommandId} reached no instance: no managed instance matches its Targets`,
      {
        during: 'verifying the command has completed',
        details: { type: 'Verification' },
      },
    );
  }
  const outputs = { CommandId, ...(await outcome(context, command)) };
  if (command.Status === 'Success') return resultOf(outputs);
  throw new StepFailure(
    `Command ${CommandId} returns unexpected invocation result: \n${inBraces(outputsOf(outputs))}`,
    {
      during: 'verifying the command has completed',
      outputs: outputsOf(outputs),
    },
  );
}

/** Automation shows one output: that of an instance where it failed, else of the first. */
async function outcome(context: ActionContext, command: JsonObject): Promise<JsonObject> {
  const ids = Array.isArray(command.InstanceIds) ? command.InstanceIds : [];
  const invocations: JsonObject[] = [];
  for (const InstanceId of ids.length > 0 ? ids : await invokedInstances(context, command.CommandId)) {
    invocations.push(
      await callService(context, {
        service: 'ssm',
        operation: 'GetCommandInvocation',
        input: { CommandId: command.CommandId, InstanceId },
      }),
    );
  }
  const shown = invocations.find(({ Status }) => Status !== 'Success') ?? invocations[0];
  return {
    Status: command.Status,
    ResponseCode: shown?.ResponseCode ?? -1,
    Output: outputOf(shown).slice(0, MAX_OUTPUT),
  };
}

/** With Targets, the command does not name its instances. */
async function invokedInstances(context: ActionContext, CommandId: unknown): Promise<string[]> {
  const response = await callService(context, {
    service: 'ssm',
    operation: 'ListCommandInvocations',
    input: { CommandId },
  });
  return listOf(response, 'CommandInvocations').map(({ InstanceId }) => String(InstanceId));
}

function outputOf(invocation: JsonObject | undefined): string {
  const errors = textOf(invocation, 'StandardErrorContent') ?? '';
  const output = textOf(invocation, 'StandardOutputContent') ?? '';
  return errors === '' ? output : `${output}\n----------ERROR-------\n${errors}`;
}

function toStringLists(parameters: JsonObject): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      [value].flat(2).map((member) => (typeof member === 'string' ? member : JSON.stringify(member))),
    ]),
  );
}

async function cancel({ deps, execution }: ActionContext, CommandId: string): Promise<void> {
  try {
    await deps.account.call({
      service: 'ssm',
      operation: 'CancelCommand',
      input: { CommandId },
      region: execution.region,
    });
  } catch (error) {
    deps.reportFault(error);
  }
}
