import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { flag, text, texts } from '../input.ts';
import type { Selectors } from './state.ts';

const MAX_SELECTORS = 5;
const MAX_RESOURCES = 250;

const dataResource = z.strictObject({
  Type: z.enum(['AWS::S3::Object', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table']),
  Values: texts.default([]),
});

export const eventSelectors = z.array(
  z.strictObject({
    ReadWriteType: z.enum(['ReadOnly', 'WriteOnly', 'All']).default('All'),
    IncludeManagementEvents: flag.default(true),
    DataResources: z.array(dataResource).default([]),
    ExcludeManagementEventSources: texts.default([]),
  }),
);

const OPERATORS = ['Equals', 'StartsWith', 'EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith'] as const;

const fieldSelector = z
  .strictObject({
    Field: text.min(1),
    ...Object.fromEntries(OPERATORS.map((operator) => [operator, texts.min(1).optional()])),
  })
  .refine((field) => OPERATORS.some((operator) => operator in field), 'A field needs an operator.');

export const advancedEventSelectors = z.array(
  z.strictObject({ Name: text.max(1000).optional(), FieldSelectors: z.array(fieldSelector).min(1) }),
);

/** What a trail logs unless told otherwise: management events, of reading and of writing. */
export const DEFAULT_SELECTORS = [
  {
    ReadWriteType: 'All',
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  },
];

interface Asked {
  readonly EventSelectors?: z.output<typeof eventSelectors> | undefined;
  readonly AdvancedEventSelectors?: z.output<typeof advancedEventSelectors> | undefined;
}

/** @throws AwsError InvalidEventSelectorsException */
export function toSelectors({ EventSelectors, AdvancedEventSelectors }: Asked): Selectors {
  if ((EventSelectors === undefined) === (AdvancedEventSelectors === undefined)) {
    throw invalid('Specify either EventSelectors or AdvancedEventSelectors.');
  }
  if (AdvancedEventSelectors) {
    for (const { FieldSelectors } of AdvancedEventSelectors) {
      const category = FieldSelectors.find(({ Field }) => Field === 'eventCategory');
      if (category === undefined)
        throw invalid('Each advanced event selector needs the field eventCategory.');
    }
    return { AdvancedEventSelectors };
  }
  const basic = EventSelectors ?? [];
  if (basic.length === 0 || basic.length > MAX_SELECTORS) {
    throw invalid(`A trail has 1 to ${MAX_SELECTORS} event selectors.`);
  }
  const values = basic.flatMap(({ DataResources }) => DataResources.flatMap(({ Values }) => Values));
  if (values.length > MAX_RESOURCES) {
    throw invalid(`The event selectors of a trail have up to ${MAX_RESOURCES} data resources.`);
  }
  return { EventSelectors: basic };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidEventSelectorsException', message);
}
