import type { Ids } from '../ids.ts';
import type { FunctionDefinition, ServiceDefinition } from '../service-definition/service-definition.ts';
import { Environment } from './environment.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { type FunctionCredentials, functionEnvironment } from './function-environment.ts';
import type { InvokeResult, Log } from './invoke-result.ts';

export interface FunctionPoolsOptions {
  readonly service: ServiceDefinition;
  readonly endpointUrl: string;
  readonly ids: Ids;
  readonly log: Log;
  readonly credentialsFor: (functionName: string) => FunctionCredentials;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly maximumEnvironments?: number;
}

/** The environments of every function, and how an invocation runs in them. */
export class FunctionPools {
  readonly #pools: ReadonlyMap<string, EnvironmentPool>;

  constructor(options: FunctionPoolsOptions) {
    this.#pools = new Map(options.service.functions.map((fn) => [fn.name, createPool(fn, options)]));
  }

  /** @throws HostClosedError */
  async invoke(fn: FunctionDefinition, event: unknown, requestId: string): Promise<InvokeResult> {
    const pool = this.#pools.get(fn.name);
    if (pool === undefined || fn.reservedConcurrency === 0) {
      return { outcome: 'throttled', requestId, reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' };
    }
    const result = await pool.invoke(requestId, JSON.stringify(event) ?? 'null');
    if (result.ok) return { outcome: 'success', requestId, payload: JSON.parse(result.payload) };
    return { outcome: 'error', requestId, functionError: 'Unhandled', payload: result.error };
  }

  async warm(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.warm()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
  }
}

function createPool(fn: FunctionDefinition, options: FunctionPoolsOptions): EnvironmentPool {
  const {
    service,
    endpointUrl,
    ids,
    log,
    credentialsFor,
    environment = {},
    maximumEnvironments = 4,
  } = options;
  return new EnvironmentPool({
    maximum: Math.min(maximumEnvironments, fn.reservedConcurrency ?? maximumEnvironments),
    start: () => {
      const logStreamName = `local/[$LATEST]${ids.hex(32)}`;
      const variables = functionEnvironment(fn, {
        region: service.region,
        directory: service.directory,
        endpointUrl,
        logStreamName,
        credentials: credentialsFor(fn.name),
        parent: environment,
      });
      return new Environment({ fn, variables, logStreamName, log });
    },
  });
}
