import type { JsonObject } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import { optionalInteger, optionalString } from '../../tags/request.ts';
import type { Execution } from '../execution.ts';
import { applyFilters, equals, type FilterTest, startTimeFilters } from '../filters.ts';
import { toMetadata } from '../views.ts';
import type { OperationDeps } from './deps.ts';

/**
 * The newest first.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeAutomationExecutions.html
 * @throws AwsError InvalidFilterKey, InvalidFilterValue, InvalidNextToken
 */
export function describeAutomationExecutions(deps: OperationDeps, input: JsonObject): JsonObject {
  const { items, nextToken } = page({
    items: applyFilters(deps.executions.newestFirst(), filtersOf(deps), input),
    idOf: (execution) => execution.id,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    AutomationExecutionMetadataList: items.map(toMetadata),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** Nothing here has a subtype, a resource group or an OpsItem: those filters find none. */
function filtersOf(deps: OperationDeps): ReadonlyMap<string, FilterTest<Execution>> {
  const none: FilterTest<Execution> = () => false;
  return new Map<string, FilterTest<Execution>>([
    [
      'DocumentNamePrefix',
      (execution, values) => values.some((value) => execution.documentName.startsWith(value)),
    ],
    ['ExecutionStatus', equals((execution) => execution.status)],
    ['ExecutionId', equals((execution) => execution.id)],
    ['CurrentAction', equals((execution) => execution.currentStep?.definition.action)],
    ...startTimeFilters<Execution>((execution) => execution.startTime),
    ['AutomationType', (_execution, values) => values.includes('Local')],
    [
      'TagKey',
      (execution, values) =>
        deps.tags.list('Automation', execution.id).some(({ Key }) => values.includes(Key)),
    ],
    ['ParentExecutionId', equals((execution) => execution.parent?.id)],
    ['TargetResourceGroup', none],
    ['AutomationSubtype', none],
    ['OpsItemId', none],
  ]);
}
