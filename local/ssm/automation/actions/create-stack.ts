import { StepFailure } from '../failure.ts';
import type { Action } from './action.ts';
import { invalidInput } from './inputs.ts';
import { callService } from './support/call-service.ts';
import { defined, flag, integer, maps, oneOf, readInputs, text, texts } from './support/input-schema.ts';
import { pollUntil } from './support/poll.ts';
import { outputsOf, resultOf } from './support/result.ts';
import { findStack } from './support/stacks.ts';

const onFailure = oneOf('DO_NOTHING', 'ROLLBACK', 'DELETE');

const INPUTS = {
  StackName: text,
  TemplateBody: text.optional(),
  TemplateURL: text.optional(),
  Parameters: maps.optional(),
  Capabilities: texts.optional(),
  ClientRequestToken: text.optional(),
  DisableRollback: flag.optional(),
  EnableTerminationProtection: flag.optional(),
  NotificationARNs: texts.optional(),
  OnFailure: onFailure.optional(),
  OnStackFailure: onFailure.optional(),
  ResourceTypes: texts.optional(),
  RoleARN: text.optional(),
  StackPolicyBody: text.optional(),
  StackPolicyURL: text.optional(),
  Tags: maps.optional(),
  TimeoutInMinutes: integer.optional(),
};

const EXCLUSIVE = [
  ['TemplateBody', 'TemplateURL'],
  ['StackPolicyBody', 'StackPolicyURL'],
  ['DisableRollback', 'OnFailure'],
] as const;

/**
 * Creates a CloudFormation stack and waits until it is complete. Where it can't be, CloudFormation itself does what
 * `OnFailure` says (`ROLLBACK` where it says nothing), and the step fails at the end of that.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-createstack.html
 */
export const createStack: Action = {
  name: 'aws:createStack',
  run: async (context) => {
    const { OnStackFailure, ...given } = readInputs(context.inputs, INPUTS);
    if (OnStackFailure !== undefined && given.OnFailure !== undefined && OnStackFailure !== given.OnFailure) {
      throw invalidInput(
        `OnFailure is ${given.OnFailure}, OnStackFailure ${OnStackFailure}: give one of them`,
      );
    }
    const inputs = { ...given, OnFailure: OnStackFailure ?? given.OnFailure };
    for (const [one, other] of EXCLUSIVE) {
      if (inputs[one] !== undefined && inputs[other] !== undefined) {
        throw invalidInput(`${one} and ${other} can't both be given`);
      }
    }
    if (inputs.TemplateBody === undefined && inputs.TemplateURL === undefined) {
      throw invalidInput('TemplateBody or TemplateURL has to be given');
    }
    const created = await callService(context, {
      service: 'cloudformation',
      operation: 'CreateStack',
      input: defined(inputs),
    });
    const id = String(created.StackId);
    return pollUntil(context, async () => {
      const stack = await findStack(context, id);
      if (stack === undefined || stack.status.endsWith('_IN_PROGRESS')) return undefined;
      if (stack.status === 'CREATE_COMPLETE') return resultOf(stack.outputs);
      const { StackStatusReason: reason } = stack.outputs;
      throw new StepFailure(
        `The stack ${inputs.StackName} is ${stack.status}${reason === undefined ? '' : `: ${reason}`}`,
        { during: 'Poll action status for completion', outputs: outputsOf(stack.outputs) },
      );
    });
  },
};
