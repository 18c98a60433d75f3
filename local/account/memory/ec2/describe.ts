import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { integer, text, texts } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { paginate } from '../pagination.ts';
import { applyFilters, type FilterSource, filters } from './filters.ts';
import { assertExists, type ResourceKind } from './resource-ids.ts';

/** The parameters that all Describe operations take. */
export const describeInput = {
  Filters: filters.optional(),
  MaxResults: integer.optional(),
  NextToken: text.optional(),
};

export const idList = texts.optional();

const schema = z.object(describeInput);

export interface Describable<T> extends FilterSource<T> {
  readonly kind: ResourceKind;
  all(context: MemoryContext): Iterable<T>;
}

export interface Described<T> {
  readonly items: readonly T[];
  /** Absent on the last page, so that it can be spread into the output. */
  readonly next: { NextToken?: string };
}

/**
 * What a Describe operation finds: all, or those whose IDs are given; then filtered; then one page of it.
 * @throws AwsError `….NotFound` for an ID that names nothing, InvalidParameterCombination, InvalidParameterValue
 */
export function describeResources<T>(
  source: Describable<T>,
  input: z.output<typeof schema> & { ids: readonly string[] | undefined },
  context: MemoryContext,
): Described<T> {
  const ids = input.ids?.length ? new Set(input.ids) : undefined;
  if (input.MaxResults !== undefined) {
    if (ids) {
      throw new AwsError(
        'InvalidParameterCombination',
        'The parameter MaxResults may not be used together with a list of IDs',
      );
    }
    if (input.MaxResults < 5 || input.MaxResults > 1000) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ( ${input.MaxResults} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`,
      );
    }
  }
  for (const id of ids ?? []) assertExists(source.kind, id, context.state.ec2);
  const selected = [...source.all(context)].filter((item) => ids?.has(source.idOf(item)) ?? true);
  const page = paginate(applyFilters(selected, source, { filters: input.Filters, context }), {
    maxResults: input.MaxResults,
    nextToken: input.NextToken,
    invalidTokenCode: 'InvalidNextToken',
  });
  return { items: page.items, next: page.nextToken === undefined ? {} : { NextToken: page.nextToken } };
}
