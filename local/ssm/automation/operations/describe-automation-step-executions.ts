import type { JsonObject } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import { optionalBoolean, optionalInteger, optionalString } from '../../tags/request.ts';
import type { StepExecution } from '../execution.ts';
import { applyFilters, equals, type FilterTest, startTimeFilters } from '../filters.ts';
import { asText } from '../tokens.ts';
import { toStepExecution } from '../views.ts';
import type { OperationDeps } from './deps.ts';
import { findExecution } from './get-automation-execution.ts';

const FILTERS = new Map<string, FilterTest<StepExecution>>([
  ...startTimeFilters<StepExecution>((step) => step.startTime),
  ['StepExecutionStatus', equals((step) => step.status)],
  ['StepExecutionId', equals((step) => step.id)],
  ['StepName', equals((step) => step.definition.name)],
  ['Action', equals((step) => step.definition.action)],
  ['ParentStepExecutionId', equals((step) => step.parent?.step.id)],
  ['ParentStepIteration', equals((step) => step.parent && String(step.parent.iteration))],
  ['ParentStepIteratorValue', equals(iteratorValue)],
]);

/**
 * The steps of an execution, in the order of the document; those of a loop's iterations behind the loop.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeAutomationStepExecutions.html
 * @throws AwsError AutomationExecutionNotFoundException, InvalidFilterKey, InvalidFilterValue, InvalidNextToken
 */
export function describeAutomationStepExecutions(deps: OperationDeps, input: JsonObject): JsonObject {
  const execution = findExecution(deps, input);
  const reverse = optionalBoolean(input, 'ReverseOrder') ?? false;
  const { items, nextToken } = page({
    items: applyFilters(reverse ? execution.steps.toReversed() : execution.steps, FILTERS, input),
    idOf: (step) => step.id,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    StepExecutions: items.map(toStepExecution),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

function iteratorValue({ parent }: StepExecution): string | undefined {
  return parent?.iteratorValue === undefined ? undefined : asText(parent.iteratorValue);
}
