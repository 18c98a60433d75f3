import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { optionalString } from '../../tags/request.ts';
import { ASSOCIATION_VERSION } from '../association.ts';
import type { AssociationDeps } from '../deps.ts';
import { lastResults } from '../last-results.ts';
import { toDescription } from '../views.ts';

/**
 * By its ID, or by document and instance.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeAssociation.html
 * @throws AwsError AssociationDoesNotExist, InvalidAssociationVersion
 */
export async function describeAssociation(
  deps: AssociationDeps,
  input: JsonObject,
  context: RequestContext,
): Promise<JsonObject> {
  const association = deps.store.require({
    id: optionalString(input, 'AssociationId'),
    name: optionalString(input, 'Name'),
    instanceId: optionalString(input, 'InstanceId'),
  });
  const version = optionalString(input, 'AssociationVersion') ?? '$LATEST';
  if (version !== '$LATEST' && version !== ASSOCIATION_VERSION) {
    throw new AwsError('InvalidAssociationVersion', 'The version you specified is not valid.');
  }
  const results = await lastResults(deps, association, context);
  return { AssociationDescription: toDescription(association, results) };
}
