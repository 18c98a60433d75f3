import type { JsonObject } from '../../service.ts';
import { ASSOCIATION_VERSION, type Association, type AssociationExecution } from './association.ts';
import { type AssociationResult, overallStatus } from './run-association.ts';

/** Members that all views of an association have. */
function common(association: Association): JsonObject {
  return {
    Name: association.documentName,
    ...(association.instanceId === undefined ? {} : { InstanceId: association.instanceId }),
    AssociationId: association.id,
    AssociationVersion: ASSOCIATION_VERSION,
    DocumentVersion: association.documentVersion,
    Targets: association.targets,
    ...(association.associationName === undefined ? {} : { AssociationName: association.associationName }),
    ...(association.scheduleExpression === undefined
      ? {}
      : { ScheduleExpression: association.scheduleExpression }),
  };
}

function overview(association: Association, results: readonly AssociationResult[]): JsonObject {
  const last = association.executions.at(-1);
  const status = overallStatus(results);
  return {
    ...(last ? { LastExecutionDate: last.createdAt } : {}),
    Overview: {
      Status: status,
      DetailedStatus: status,
      ...(results.length > 0 ? { AssociationStatusAggregatedCount: countByStatus(results) } : {}),
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Association.html */
export function toListed(association: Association, results: readonly AssociationResult[]): JsonObject {
  return { ...common(association), ...overview(association, results) };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AssociationDescription.html */
export function toDescription(association: Association, results: readonly AssociationResult[]): JsonObject {
  return {
    ...common(association),
    Date: association.createdAt,
    LastUpdateAssociationDate: association.createdAt,
    Parameters: association.parameters,
    ApplyOnlyAtCronInterval: false,
    ...association.settings,
    ...overview(association, results),
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AssociationExecution.html */
export function toExecution(
  association: Association,
  { id, createdAt }: AssociationExecution,
  results: readonly AssociationResult[],
): JsonObject {
  const status = overallStatus(results);
  return {
    AssociationId: association.id,
    AssociationVersion: ASSOCIATION_VERSION,
    ExecutionId: id,
    Status: status,
    DetailedStatus: status,
    CreatedTime: createdAt,
    LastExecutionDate: createdAt,
    ResourceCountByStatus: `{${Object.entries(countByStatus(results))
      .map(([name, count]) => `${name}=${count}`)
      .join(', ')}}`,
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceAssociationStatusInfo.html */
export function toInstanceStatus(
  association: Association,
  { instanceId, status }: AssociationResult,
): JsonObject {
  return {
    AssociationId: association.id,
    Name: association.documentName,
    DocumentVersion: association.documentVersion,
    AssociationVersion: ASSOCIATION_VERSION,
    InstanceId: instanceId,
    ExecutionDate: association.executions.at(-1)?.createdAt,
    Status: status,
    DetailedStatus: status,
    ExecutionSummary: `1 out of 1 plugin processed, ${status === 'Success' ? 1 : 0} success, ${status === 'Failed' ? 1 : 0} failed, 0 timedout, 0 skipped. `,
    ...(association.associationName === undefined ? {} : { AssociationName: association.associationName }),
  };
}

function countByStatus(results: readonly AssociationResult[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.fromEntries(counts);
}
