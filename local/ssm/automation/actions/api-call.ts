import { responseMetadata } from '../../../account/response-metadata.ts';
import type { JsonObject } from '../../../service.ts';
import { apiFailure, StepFailure } from '../failure.ts';
import type { ActionContext } from './action.ts';
import { requiredText } from './inputs.ts';
import { withTextBodies } from './support/text-bodies.ts';

/** Characters of a response's JSON that a step can take. */
const MAX_RESPONSE = 5_000_000;

interface ApiAnswer {
  readonly response: JsonObject;
  /** Characters of its JSON. */
  readonly size: number;
}

/**
 * Calls the API that `Service` and `Api` name, with all other inputs but `without` as its parameters.
 * @throws StepFailure in AWS's words, `An error occurred (Code) when calling the X operation: …`
 */
export async function callApi(context: ActionContext, without: readonly string[] = []): Promise<ApiAnswer> {
  const { inputs, execution, deps } = context;
  const service = requiredText(inputs, 'Service').toLowerCase();
  const operation = operationName(requiredText(inputs, 'Api'));
  const ours = new Set(['Service', 'Api', ...without]);
  const input = Object.fromEntries(Object.entries(inputs).filter(([name]) => !ours.has(name)));
  let response: JsonObject;
  try {
    const answer = await deps.account.call({ service, operation, input, region: execution.region });
    response = {
      ...(await withTextBodies(answer, MAX_RESPONSE)),
      ResponseMetadata: responseMetadata(answer, deps.ids.uuid),
    };
  } catch (error) {
    throw apiFailure(operation, error);
  }
  const size = JSON.stringify(response ?? null).length;
  if (size <= MAX_RESPONSE) return { response, size };
  throw new StepFailure(
    `The response of the ${operation} operation is too large: it has ${size} characters of JSON, a step can take ${MAX_RESPONSE}`,
    { details: { stage: 'PostVerification' } },
  );
}

/** Documents write `DescribeInstances`, `describeInstances` or `describe_instances`. */
export function operationName(api: string): string {
  const camel = api.replaceAll(/_+([a-zA-Z0-9])/g, (_match, letter: string) => letter.toUpperCase());
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}
