import { z } from 'zod';
import { isJsonObject } from '../../tags/request.ts';
import { StepFailure } from '../failure.ts';
import type { Action } from './action.ts';
import { invalidInput } from './inputs.ts';
import { callService } from './support/call-service.ts';
import { withCeiling } from './support/ceiling.ts';
import { defined, map, oneOf, readInputs, text } from './support/input-schema.ts';
import { outputsOf } from './support/result.ts';

/** What Automation takes of a function's input and answer. */
const MAX_PAYLOAD_BYTES = 200 * 1024;
const LONGEST_SECONDS = 300;

/**
 * Invokes a Lambda function; one that reports an error fails the step.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-lamb.html
 */
export const invokeLambdaFunction: Action = {
  name: 'aws:invokeLambdaFunction',
  defaultTimeoutSeconds: LONGEST_SECONDS,
  run: async (context) => {
    const { InputPayload, Payload, ...inputs } = readInputs(context.inputs, {
      FunctionName: text,
      Qualifier: text.optional(),
      InvocationType: oneOf('Event', 'RequestResponse', 'DryRun').default('RequestResponse'),
      LogType: oneOf('None', 'Tail').optional(),
      ClientContext: text.optional(),
      InputPayload: map.optional(),
      Payload: z.unknown().optional(),
    });
    const payload = toJson(InputPayload ?? Payload);
    if (Buffer.byteLength(payload ?? '') > MAX_PAYLOAD_BYTES) {
      throw invalidInput('the payload is larger than 200 KB, the most that Automation sends to a function');
    }
    const response = await withCeiling(context, LONGEST_SECONDS, (limited) =>
      callService(limited, {
        service: 'lambda',
        operation: 'Invoke',
        input: defined({ ...inputs, Payload: payload }),
      }),
    );
    const answer = toText(response.Payload);
    if (Buffer.byteLength(answer ?? '') > MAX_PAYLOAD_BYTES) {
      throw new StepFailure(
        `The function ${inputs.FunctionName} answered with more than 200 KB, the most that Automation takes`,
      );
    }
    const { StatusCode, FunctionError, LogResult } = response;
    const outputs = defined({ StatusCode, FunctionError, LogResult, Payload: answer });
    if (FunctionError !== undefined) {
      throw new StepFailure(
        `The function ${inputs.FunctionName} failed (${FunctionError}): ${answer?.slice(0, 2000) ?? 'no payload'}`,
        { outputs: outputsOf(outputs) },
      );
    }
    return { response: { ...outputs, Payload: fromJson(answer) }, outputs: outputsOf(outputs) };
  },
};

function toJson(payload: unknown): string | undefined {
  if (payload === undefined || typeof payload === 'string') return payload;
  return JSON.stringify(payload);
}

/** SDK clients give bytes, accounts that speak JSON give text. */
function toText(payload: unknown): string | undefined {
  if (payload instanceof Uint8Array) return payload.length > 0 ? Buffer.from(payload).toString() : undefined;
  return isJsonObject(payload) || Array.isArray(payload)
    ? JSON.stringify(payload)
    : text.optional().parse(payload);
}

/** Selectors read what is inside; an answer that is no JSON is a text. */
function fromJson(answer: string | undefined): unknown {
  try {
    return answer === undefined ? undefined : JSON.parse(answer);
  } catch (error) {
    if (error instanceof SyntaxError) return answer;
    throw error;
  }
}
