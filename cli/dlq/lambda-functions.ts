import {
  InvokeCommand,
  type LambdaClient,
  RequestTooLargeException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { objectIn, textIn } from './letter.ts';
import { type Functions, Refusal } from './ports.ts';

/** The stack's functions in Lambda. */
export function createFunctions(client: LambdaClient): Functions {
  const call = async (FunctionName: string, event: unknown, InvocationType: 'Event' | 'RequestResponse') => {
    try {
      const Payload = JSON.stringify(event);
      return await client.send(new InvokeCommand({ FunctionName, InvocationType, Payload }));
    } catch (error) {
      if (error instanceof ResourceNotFoundException)
        throw new Refusal(`there is no function ${FunctionName}: deploy it first`, { cause: error });
      if (error instanceof RequestTooLargeException)
        throw new Refusal(`it is too large for ${FunctionName}: ${error.message}`, { cause: error });
      throw error;
    }
  };
  return {
    invokeLater: async (name, event) => {
      await call(name, event, 'Event');
    },
    invoke: async (name, event) => {
      const { FunctionError, Payload } = await call(name, event, 'RequestResponse');
      const text = Payload?.transformToString() ?? '';
      const payload: unknown = text === '' ? undefined : JSON.parse(text);
      if (FunctionError === undefined) return { payload };
      const { errorType, errorMessage } = objectIn(payload);
      const error = [textIn(errorType), textIn(errorMessage)].filter(Boolean).join(': ');
      return { error: error === '' ? FunctionError : error, payload };
    },
  };
}
