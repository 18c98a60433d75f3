import { z } from 'zod';
import { readQueueArn } from './deployed.ts';
import { ServiceDefinitionError } from './errors.ts';
import {
  type Collected,
  type EventReader,
  type EventScope,
  type FunctionEvents,
  parseEvent,
} from './event-reader.ts';
import { parseSchedule } from './schedule-expression.ts';
import { sns } from './sns-event.ts';
import { isTree } from './tree.ts';

/** @throws ServiceDefinitionError for an event of a kind that the laptop's cloud does not have */
export function readEvents(events: readonly unknown[], scope: Omit<EventScope, 'index'>): FunctionEvents {
  const collected: Collected = { eventRules: [], schedules: [], streams: [], topics: [] };
  for (const [index, event] of events.entries()) {
    const place = `${scope.place}[${index}]`;
    const entries = isTree(event) ? Object.entries(event) : [];
    const [only] = entries;
    if (only === undefined || entries.length !== 1) {
      throw new ServiceDefinitionError(place, 'expected one kind of event');
    }
    const [kind, value] = only;
    const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
    if (read === undefined) {
      throw new ServiceDefinitionError(
        place,
        `events of kind '${kind}' are not supported by the laptop's cloud`,
      );
    }
    read(value, { ...scope, place: `${place}.${kind}`, index: index + 1 }, collected);
  }
  return collected;
}

const description = z.string().optional();

/** As Serverless coerces it: `--param name=false` is text. */
const flag = z.preprocess((value) => ({ true: true, false: false })[String(value)] ?? value, z.boolean());

const eventBridgeSchema = z.strictObject({
  eventBus: z
    .literal('default', { error: "only the bus 'default' is supported by the laptop's cloud" })
    .optional(),
  name: z.string().optional(),
  description,
  enabled: flag.default(true),
  pattern: z.record(z.string(), z.unknown()),
  deadLetterQueueArn: z.unknown().optional(),
  retryPolicy: z
    .strictObject({
      maximumEventAge: z.coerce.number().int().min(60).max(86_400).default(86_400),
      maximumRetryAttempts: z.coerce.number().int().min(0).max(185).default(185),
    })
    .prefault({}),
});

const eventBridge: EventReader = (value, { place, functionName, context, index }, { eventRules }) => {
  const rule = parseEvent(eventBridgeSchema, value, place);
  const deadLetterQueueArn = readQueueArn(rule.deadLetterQueueArn, `${place}.deadLetterQueueArn`, context);
  if (!rule.enabled) return;
  eventRules.push({
    name: rule.name ?? `${functionName}-rule-${index}`,
    pattern: rule.pattern,
    deadLetterQueueArn,
    retryPolicy: {
      maximumEventAgeSeconds: rule.retryPolicy.maximumEventAge,
      maximumRetryAttempts: rule.retryPolicy.maximumRetryAttempts,
    },
  });
};

const expression = z.string().regex(/^(rate|cron)\(.+\)$/, "expected 'rate(…)' or 'cron(…)'");
const scheduleSchema = z.strictObject({
  rate: z.union([expression.transform((text) => [text]), z.array(expression).min(1)]),
  enabled: flag.default(true),
  name: z.string().optional(),
  description,
  input: z.unknown().optional(),
  method: z.enum(['eventBus', 'scheduler']).default('eventBus'),
  timezone: z.string().default('UTC'),
  // Who may call the function, and how schedules are sorted: nothing that changes when it runs.
  roleArn: z.unknown().optional(),
  groupName: z.unknown().optional(),
});

const schedule: EventReader = (value, { place, functionName, index }, { schedules }) => {
  const event = parseEvent(scheduleSchema, typeof value === 'string' ? { rate: value } : value, place);
  if (!event.enabled) return;
  for (const [number, rate] of event.rate.entries()) {
    assertSchedule(rate, event.timezone, place);
    const name = event.name ?? `${functionName}-schedule-${index}`;
    schedules.push({
      name: event.rate.length === 1 ? name : `${name}-${number + 1}`,
      expression: rate,
      timezone: event.timezone,
      method: event.method,
      input: event.input,
    });
  }
};

function assertSchedule(text: string, timezone: string, place: string): void {
  try {
    parseSchedule(text, timezone);
  } catch (error) {
    throw new ServiceDefinitionError(place, error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

const streamSchema = z.strictObject({
  type: z.literal('dynamodb', {
    error: "only streams of type 'dynamodb' are supported by the laptop's cloud",
  }),
  arn: z
    .string()
    .regex(/^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/[^/]+\/stream\/.+$/, 'expected the ARN of a stream'),
  enabled: flag.default(true),
  batchSize: z.coerce.number().int().min(1).max(10_000).default(10),
  batchWindow: z.coerce.number().int().min(0).max(300).default(0),
  startingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  maximumRetryAttempts: z.coerce.number().int().min(-1).max(10_000).default(-1),
  maximumRecordAgeInSeconds: z.coerce.number().int().min(-1).max(604_800).default(-1),
  bisectBatchOnFunctionError: z.boolean().default(false),
  parallelizationFactor: z.coerce.number().int().min(1).max(10).default(1),
  functionResponseType: z.literal('ReportBatchItemFailures').optional(),
  filterPatterns: z.array(z.record(z.string(), z.unknown())).max(5).default([]),
  destinations: z.strictObject({ onFailure: z.unknown() }).optional(),
});

const stream: EventReader = (value, { place, context }, { streams }) => {
  const event = parseEvent(
    streamSchema,
    typeof value === 'string' ? { type: 'dynamodb', arn: value } : value,
    place,
  );
  const tableName = event.arn.split('/')[1] ?? '';
  const table = context.tables.find(({ name }) => name === tableName);
  if (table?.create.StreamSpecification === undefined) {
    throw new ServiceDefinitionError(`${place}.arn`, `the service has no table '${tableName}' with a stream`);
  }
  const onFailureQueueArn = readQueueArn(
    event.destinations?.onFailure,
    `${place}.destinations.onFailure`,
    context,
  );
  if (!event.enabled) return;
  streams.push({
    tableName,
    batchSize: event.batchSize,
    batchWindowSeconds: event.batchWindow,
    startingPosition: event.startingPosition,
    maximumRetryAttempts: event.maximumRetryAttempts,
    maximumRecordAgeSeconds: event.maximumRecordAgeInSeconds,
    bisectBatchOnFunctionError: event.bisectBatchOnFunctionError,
    parallelizationFactor: event.parallelizationFactor,
    reportBatchItemFailures: event.functionResponseType !== undefined,
    filterPatterns: event.filterPatterns,
    onFailureQueueArn,
  });
};

const readers: Readonly<Record<string, EventReader>> = { eventBridge, schedule, sns, stream };
