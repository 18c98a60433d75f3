import { environment, readConfig } from '../config.ts';
import { logger } from '../observability/logger.ts';
import { capture } from '../observability/tracer.ts';
import { createDynamoDb } from './clients.ts';
import { systemClock } from './clock.ts';

/** What a function makes once, when its module is loaded: everything else is made from it. */
export const config = readConfig(environment);
export const clock = systemClock;
export const log = logger;
export const dynamoDb = createDynamoDb(config.region, capture);
