import type { z } from 'zod';
import type { ReadContext } from './deployed.ts';
import { fromZodError } from './errors.ts';
import type {
  EventRuleDefinition,
  FunctionDefinition,
  ScheduleDefinition,
  StreamDefinition,
  TopicSubscriptionDefinition,
} from './service-definition.ts';

/** The events that call a function, by kind. */
export type FunctionEvents = Pick<FunctionDefinition, 'eventRules' | 'schedules' | 'streams' | 'topics'>;

export interface EventScope {
  readonly place: string;
  /** The function's key under `functions`. */
  readonly name: string;
  /** As deployed; the names of rules start with it. */
  readonly functionName: string;
  readonly context: ReadContext;
  /** The event's position among the function's, from 1. */
  readonly index: number;
}

export interface Collected {
  readonly eventRules: EventRuleDefinition[];
  readonly schedules: ScheduleDefinition[];
  readonly streams: StreamDefinition[];
  readonly topics: TopicSubscriptionDefinition[];
}

/** Reads an event of one kind, and adds what it comes to; one that is switched off comes to nothing. */
export type EventReader = (value: unknown, scope: EventScope, collected: Collected) => void;

/** @throws ServiceDefinitionError with all faults at once */
export function parseEvent<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw fromZodError(place, parsed.error);
  return parsed.data;
}
