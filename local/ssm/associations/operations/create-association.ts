import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import type { Association } from '../association.ts';
import type { AssociationDeps } from '../deps.ts';
import { readAssociation } from '../read-association.ts';
import { runAssociation } from '../run-association.ts';
import { toDescription } from '../views.ts';

/**
 * Applies the document to the targets at once, as AWS does; a schedule is kept, and nothing is run by it.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateAssociation.html
 * @throws AwsError AssociationAlreadyExists, InvalidInstanceId, InvalidTarget, InvalidParameters, InvalidSchedule
 */
export async function createAssociation(
  deps: AssociationDeps,
  input: JsonObject,
  context: RequestContext,
): Promise<JsonObject> {
  const { waits, ...request } = readAssociation(input);
  assertNew(deps, request);
  await assertReachable(deps, request.instanceId, context);
  const association = { ...request, id: deps.ids.uuid(), createdAt: deps.clock.now(), executions: [] };
  deps.store.add(association);
  if (!waits) await runAssociation(deps, association, context);
  return { AssociationDescription: toDescription(association, []) };
}

/** A document and an instance have one association; those with targets may be many. */
function assertNew(
  { store }: AssociationDeps,
  { documentName, instanceId }: Pick<Association, 'documentName' | 'instanceId'>,
): void {
  const isThere = store
    .list()
    .some((each) => each.documentName === documentName && each.instanceId === instanceId);
  if (instanceId === undefined || !isThere) return;
  throw new AwsError('AssociationAlreadyExists', 'The specified association already exists.');
}

async function assertReachable(
  { isManaged }: AssociationDeps,
  instanceId: string | undefined,
  { region, accountId }: RequestContext,
): Promise<void> {
  if (instanceId === undefined || isManaged === undefined || (await isManaged(instanceId, region))) return;
  throw new AwsError(
    'InvalidInstanceId',
    `Instances [[${instanceId}]] not in a valid state for account ${accountId}`,
  );
}
