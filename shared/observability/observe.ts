import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { MiddlewareObj } from '@middy/core';
import { logger } from './logger.ts';
import { metrics } from './metrics.ts';
import { tracer } from './tracer.ts';

/** What every handler is wrapped in: the request's ID on each log line, metrics written at the end, a trace where it is on. */
export async function observe(): Promise<MiddlewareObj[]> {
  const tracing = tracer
    ? [(await import('@aws-lambda-powertools/tracer/middleware')).captureLambdaHandler(tracer)]
    : [];
  return [...tracing, injectLambdaContext(logger, { resetKeys: true }), writeMetrics, logFailure];
}

/** Writes what was counted. Without anything to write Powertools would log a warning, on each invocation. */
function flush(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

const writeMetrics: MiddlewareObj = { after: flush, onError: flush };

/** Says what a person needs to find a failed invocation by: the error with its code and remedy. */
const logFailure: MiddlewareObj = {
  onError: ({ error }) => {
    logger.error('Invocation failed', { error });
  },
};
