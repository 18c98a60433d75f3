import { readQuery } from '../account/wire/query-request.ts';
import { writeQueryAnswer } from '../account/wire/query-response.ts';
import { AwsError } from '../aws-error.ts';
import type { QueryService, RequestContext } from '../service.ts';
import type { EndpointResponse } from './response.ts';

/**
 * Answers one request of the query protocol: a form in, XML out.
 *
 * @throws AwsError of the operation, or MissingAction, InvalidAction and those of the form
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export async function handleAwsQuery(
  call: { service: QueryService; parameters: URLSearchParams },
  context: RequestContext,
): Promise<EndpointResponse> {
  const { operations, namespace, signingName } = call.service;
  const action = call.parameters.get('Action');
  if (!action) throw new AwsError('MissingAction', 'The request must contain the parameter Action');
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (operation === undefined) {
    const known = Object.keys(operations).join(', ');
    throw new AwsError(
      'InvalidAction',
      `The action ${action} of ${signingName} is not known here: there are ${known}`,
    );
  }
  const input = readQuery(call.parameters, operation.input, 'aws');
  const output = await operation.run(input, context);
  const { requestId } = context;
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: writeQueryAnswer({
      operation: action,
      output: { ...Object(output) },
      shape: operation.output,
      dialect: 'aws',
      namespace,
      requestId,
    }),
  };
}
