import type { JsonObject } from '../../../service.ts';
import { optionalString } from '../../tags/request.ts';
import type { AssociationDeps } from '../deps.ts';

/**
 * By its ID, or by document and instance.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteAssociation.html
 * @throws AwsError AssociationDoesNotExist
 */
export function deleteAssociation({ store }: AssociationDeps, input: JsonObject): JsonObject {
  const { id } = store.require({
    id: optionalString(input, 'AssociationId'),
    name: optionalString(input, 'Name'),
    instanceId: optionalString(input, 'InstanceId'),
  });
  store.delete(id);
  return {};
}
