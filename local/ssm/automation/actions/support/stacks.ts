import type { JsonObject } from '../../../../service.ts';
import type { ActionContext } from '../action.ts';
import { callService, causeCode } from './call-service.ts';
import { defined } from './input-schema.ts';
import { listOf, textOf } from './read.ts';

/** Outputs of a stack's steps: `StackId`, `StackStatus`, `StackStatusReason`. */
export interface Stack {
  readonly status: string;
  readonly outputs: JsonObject;
}

/** A stack by its name or ID; undefined where there is none. */
export async function findStack(context: ActionContext, nameOrId: string): Promise<Stack | undefined> {
  try {
    const response = await callService(context, {
      service: 'cloudformation',
      operation: 'DescribeStacks',
      input: { StackName: nameOrId },
    });
    const [stack] = listOf(response, 'Stacks');
    if (stack === undefined) return undefined;
    const { StackId, StackStatus, StackStatusReason } = stack;
    return {
      status: textOf(stack, 'StackStatus') ?? '',
      outputs: defined({ StackId, StackStatus, StackStatusReason }),
    };
  } catch (error) {
    // CloudFormation has no code of its own for a stack that it does not know.
    if (causeCode(error) === 'ValidationError' && /does not exist/.test(String(error))) return undefined;
    throw error;
  }
}
