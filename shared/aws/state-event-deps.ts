import { environment, readConfig } from '../config.ts';
import { logger } from '../observability/logger.ts';
import { capture } from '../observability/tracer.ts';
import { systemClock } from './clock.ts';
import { createEventBridge, createEventBus } from './event-bus.ts';

const { region } = readConfig(environment);

/** What state-events is made with: without DynamoDB's client and Systems Manager's, so that it stays small. */
export const stateEventDeps = {
  bus: createEventBus(createEventBridge(region, capture)),
  clock: systemClock,
  log: logger,
};
