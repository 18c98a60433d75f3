import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import { optionalInteger, optionalObjects, optionalString, requiredString } from '../../tags/request.ts';
import type { AssociationDeps } from '../deps.ts';
import { resultsOf } from '../run-association.ts';
import { toExecution } from '../views.ts';

/**
 * The newest first.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeAssociationExecutions.html
 * @throws AwsError AssociationDoesNotExist, ValidationException (filter), InvalidNextToken
 */
export async function describeAssociationExecutions(
  deps: AssociationDeps,
  input: JsonObject,
  context: RequestContext,
): Promise<JsonObject> {
  const association = deps.store.require({ id: requiredString(input, 'AssociationId') });
  const tests = optionalObjects(input, 'Filters', { min: 1 }).map(readFilter);
  const all: JsonObject[] = [];
  for (const execution of association.executions.toReversed()) {
    const view = toExecution(association, execution, await resultsOf(deps, execution, context));
    if (tests.every((test) => test(view))) all.push(view);
  }
  const { items, nextToken } = page({
    items: all,
    idOf: ({ ExecutionId }) => String(ExecutionId),
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return { AssociationExecutions: items, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

function readFilter(filter: JsonObject): (view: JsonObject) => boolean {
  const key = requiredString(filter, 'Key');
  const value = requiredString(filter, 'Value', { minLength: 1 });
  const type = requiredString(filter, 'Type', { oneOf: ['EQUAL', 'LESS_THAN', 'GREATER_THAN'] });
  if ((key === 'ExecutionId' || key === 'Status') && type === 'EQUAL') return (view) => view[key] === value;
  throw new AwsError('ValidationException', `The filter ${key} with ${type} is not supported here.`);
}
