import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { optionalStrings, requiredString } from '../../tags/request.ts';
import type { AssociationDeps } from '../deps.ts';
import { runAssociation } from '../run-association.ts';

/**
 * Applies up to ten associations again, now; all of them or, where one does not exist, none.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAssociationsOnce.html
 * @throws AwsError InvalidAssociation
 */
export async function startAssociationsOnce(
  deps: AssociationDeps,
  input: JsonObject,
  context: RequestContext,
): Promise<JsonObject> {
  const ids = optionalStrings(input, 'AssociationIds', { min: 1, max: 10 });
  if (ids.length === 0) requiredString(input, 'AssociationIds');
  const associations = [...new Set(ids)].map((id) => {
    const association = deps.store.find(id);
    if (association) return association;
    throw new AwsError('InvalidAssociation', 'The association is not valid or does not exist.');
  });
  for (const association of associations) await runAssociation(deps, association, context);
  return {};
}
