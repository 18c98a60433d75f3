import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import type { MiddlewareObj } from '@middy/core';
import { logger } from './logger.ts';
import { metrics } from './metrics.ts';
import { tracer } from './tracer.ts';

/** What every handler is wrapped in: the request's ID on each log line, metrics written at the end, a trace where it is on. */
export async function observe(): Promise<MiddlewareObj[]> {
  const tracing = tracer
    ? [(await import('@aws-lambda-powertools/tracer/middleware')).captureLambdaHandler(tracer)]
    : [];
  return [...tracing, injectLambdaContext(logger, { resetKeys: true }), logMetrics(metrics), logFailure];
}

/** Says what a person needs to find a failed invocation by: the error with its code and remedy. */
const logFailure: MiddlewareObj = {
  onError: ({ error }) => {
    logger.error('Invocation failed', { error });
  },
};
