import { AwsError } from '../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';
import type { Association, AssociationExecution } from './association.ts';
import type { AssociationDeps } from './deps.ts';

/** What an association came to on one instance in one execution. */
export interface AssociationResult {
  readonly instanceId: string;
  readonly status: AssociationStatus;
}

export type AssociationStatus = 'Pending' | 'Success' | 'Failed';

/** Applies an association to its targets now: by a command, as everybody can see in Run Command. */
export async function runAssociation(
  deps: AssociationDeps,
  association: Association,
  context: RequestContext,
): Promise<void> {
  const { documentName, documentVersion, parameters, targets } = association;
  const [createdAt, asking] = [deps.clock.now(), { deps, context }];
  const answer = await ask(asking, 'SendCommand', {
    DocumentName: documentName,
    DocumentVersion: documentVersion,
    Parameters: parameters,
    Targets: targets,
    Comment: `Association ${association.id}`,
  });
  const command = isJsonObject(answer.Command) ? answer.Command : {};
  association.executions.push({ id: deps.ids.uuid(), createdAt, commandId: String(command.CommandId) });
}

/** What an execution came to on each instance that it reached; nothing once Run Command has forgotten it. */
export async function resultsOf(
  deps: AssociationDeps,
  { commandId }: AssociationExecution,
  context: RequestContext,
): Promise<AssociationResult[]> {
  try {
    return await listResults({ deps, context }, commandId);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'InvalidCommandId') return [];
    throw error;
  }
}

async function listResults(asking: Asking, commandId: string): Promise<AssociationResult[]> {
  const results: AssociationResult[] = [];
  let NextToken: unknown;
  do {
    const input = { CommandId: commandId, ...(NextToken === undefined ? {} : { NextToken }) };
    const answer = await ask(asking, 'ListCommandInvocations', input);
    const listed: readonly unknown[] = Array.isArray(answer.CommandInvocations)
      ? answer.CommandInvocations
      : [];
    results.push(...listed.filter(isJsonObject).map(toResult));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  return results;
}

/** One status for many: failed where any is, pending while any is, or where there is none. */
export function overallStatus(results: readonly AssociationResult[]): AssociationStatus {
  const has = (wanted: AssociationStatus) => results.some(({ status }) => status === wanted);
  if (results.length === 0 || has('Pending')) return 'Pending';
  return has('Failed') ? 'Failed' : 'Success';
}

function toResult({ InstanceId, Status }: JsonObject): AssociationResult {
  return { instanceId: String(InstanceId), status: STATUSES[String(Status)] ?? 'Failed' };
}

/** By the status of a command's invocation; what is not here has failed. */
const STATUSES: Readonly<Record<string, AssociationStatus | undefined>> = {
  Pending: 'Pending',
  InProgress: 'Pending',
  Cancelling: 'Pending',
  Success: 'Success',
};

interface Asking {
  readonly deps: AssociationDeps;
  readonly context: RequestContext;
}

async function ask(
  { deps, context }: Asking,
  name: 'SendCommand' | 'ListCommandInvocations',
  input: JsonObject,
): Promise<JsonObject> {
  const operation = deps.operations()[name];
  if (operation === undefined) throw new AwsError('InternalServerError', `There is no ${name} here.`);
  const answer = await operation(input, context);
  return isJsonObject(answer) ? answer : {};
}
