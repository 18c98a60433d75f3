import { StepFailure } from '../failure.ts';
import type { Action } from './action.ts';
import { callService } from './support/call-service.ts';
import { defined, readInputs, text, texts } from './support/input-schema.ts';
import { pollUntil } from './support/poll.ts';
import { textOf } from './support/read.ts';
import { outputsOf } from './support/result.ts';
import { findStack } from './support/stacks.ts';

/**
 * Deletes a CloudFormation stack and waits until it is gone. One that does not exist is gone already.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-deletestack.html
 */
export const deleteStack: Action = {
  name: 'aws:deleteStack',
  run: async (context) => {
    const { 'RetainResources.member.N': retained, ...inputs } = readInputs(context.inputs, {
      StackName: text,
      ClientRequestToken: text.optional(),
      RetainResources: texts.optional(),
      'RetainResources.member.N': texts.optional(),
      RoleARN: text.optional(),
    });
    const found = await findStack(context, inputs.StackName);
    await callService(context, {
      service: 'cloudformation',
      operation: 'DeleteStack',
      input: defined({ ...inputs, RetainResources: inputs.RetainResources ?? retained }),
    });
    if (found === undefined) return {};
    // By its ID: a stack that is gone is found by its ID only, and another may take its name meanwhile.
    const id = textOf(found.outputs, 'StackId') ?? inputs.StackName;
    return pollUntil(context, async () => {
      const stack = await findStack(context, id);
      if (stack === undefined || stack.status === 'DELETE_COMPLETE') return {};
      if (!stack.status.endsWith('_FAILED')) return undefined;
      const { StackStatusReason: reason } = stack.outputs;
      throw new StepFailure(
        `The stack ${inputs.StackName} is ${stack.status}${reason === undefined ? '' : `: ${reason}`}`,
        { during: 'Poll action status for completion', outputs: outputsOf(stack.outputs) },
      );
    });
  },
};
