import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import { optionalInteger, optionalString, requiredString } from '../../tags/request.ts';
import type { AssociationDeps } from '../deps.ts';
import { lastResults } from '../last-results.ts';
import { toInstanceStatus } from '../views.ts';

/**
 * What the associations of an instance came to when they last ran.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceAssociationsStatus.html
 * @throws AwsError InvalidInstanceId, InvalidNextToken
 */
export async function describeInstanceAssociationsStatus(
  deps: AssociationDeps,
  input: JsonObject,
  context: RequestContext,
): Promise<JsonObject> {
  const id = requiredString(input, 'InstanceId', { pattern: /^(i-(\w{8}|\w{17})|mi-\w{17})$/ });
  const all: JsonObject[] = [];
  for (const association of deps.store.list()) {
    const results = await lastResults(deps, association, context);
    const own = results.find(({ instanceId }) => instanceId === id);
    if (own) all.push(toInstanceStatus(association, own));
  }
  if (all.length === 0 && deps.isManaged && !(await deps.isManaged(id, context.region))) {
    throw new AwsError(
      'InvalidInstanceId',
      `Instances [[${id}]] not in a valid state for account ${context.accountId}`,
    );
  }
  const { items, nextToken } = page({
    items: all,
    idOf: ({ AssociationId }) => String(AssociationId),
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    InstanceAssociationStatusInfos: items,
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}
