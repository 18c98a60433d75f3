import type { Tracer } from '@aws-lambda-powertools/tracer';
import type { Capture } from '../aws/clients.ts';

/**
 * X-Ray, where the parameter `tracing` is Active; undefined otherwise.
 * The variable is named in full because the bundler replaces it: with tracing off, the bundle holds no tracer at all.
 */
export const tracer: Tracer | undefined =
  // biome-ignore lint/style/noProcessEnv: replaced when bundled
  process.env.TRACING === 'Active'
    ? new (await import('@aws-lambda-powertools/tracer')).Tracer({ serviceName: 'remediator' })
    : undefined;

export const capture: Capture = (client) => (tracer ? tracer.captureAWSv3Client(client) : client);
