import { setMaxListeners } from 'node:events';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { type StreamPoller, startStreamPoller } from '../dynamodb/stream-poller.ts';
import { streamsApi } from '../dynamodb/streams-api.ts';
import type { CloudEvent } from '../events/event.ts';
import type { Ids } from '../ids.ts';
import type {
  EventRuleDefinition,
  FunctionDefinition,
  ServiceDefinition,
  StreamDefinition,
} from '../service-definition/service-definition.ts';
import { AsyncInvoker } from './async-invoker.ts';
import { HostClosedError } from './environment-pool.ts';
import { EventSourceMapping } from './event-source-mapping.ts';
import type { Queues } from './failure-destination.ts';
import type { FunctionCredentials } from './function-environment.ts';
import { FunctionPools } from './function-pools.ts';
import type { InvokeResult, Log } from './invoke-result.ts';
import { startSchedule } from './scheduler.ts';
import { WorkCounter } from './work-counter.ts';

/** Where rules are put: each calls its target with the events that match. */
export interface RuleBus {
  addRule(rule: {
    readonly name: string;
    readonly pattern: EventRuleDefinition['pattern'];
    readonly target: (event: CloudEvent) => void;
  }): void;
}

/** Where functions are subscribed: each subscriber is given an event for each message. */
export interface TopicHub {
  subscribe(
    topicArn: string,
    subscriber: { readonly functionArn: string; readonly target: (event: object) => void },
  ): void;
}

export interface FunctionHostDeps {
  readonly service: ServiceDefinition;
  /** The laptop's cloud, as the functions' `AWS_ENDPOINT_URL`. */
  readonly endpointUrl: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly queues: Queues;
  readonly bus: RuleBus;
  readonly topics: TopicHub;
  readonly compilePattern: (pattern: unknown) => (event: unknown) => boolean;
  /** Both of the DynamoDB behind the cloud. */
  readonly dynamoDb: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly log: Log;
  /** Keys by which the endpoint knows the function's role. */
  readonly credentialsFor: (functionName: string) => FunctionCredentials;
  /** The host's own environment variables, of which functions get PATH and the like. @default none */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Environments of one function at once. @default 4 */
  readonly maximumEnvironments?: number;
  /** What the minutes between asynchronous attempts are multiplied with. @default 1/600: 100 ms, then 200 ms */
  readonly retryDelayScale?: number;
}

/** The functions of the service, running. */
export interface FunctionHost extends AsyncDisposable {
  /**
   * Calls a function and waits for its answer. A function's own error is a result, not an exception.
   * @param name its key in serverless.yml, or its deployed name
   * @throws AwsError ResourceNotFoundException
   */
  invoke(name: string, event: unknown): Promise<InvokeResult>;
  /** Calls a function without waiting; retries and failure destination are its own. @throws AwsError as `invoke` */
  invokeAsync(name: string, event: unknown): void;
  /** Loads every function once, so that its first event does not wait for imports. */
  warm(): Promise<void>;
  /** Resolves when nothing is queued, running or retrying, and every stream is read to its end. */
  idle(): Promise<void>;
  /** Something was written: the streams (of one table, where named) are read at once. */
  wakeStreams(tableName?: string): void;
  close(): Promise<void>;
}

/**
 * Starts rules, subscriptions, schedules and stream pollers of every function. The tables must exist.
 * @throws Error for a filter pattern or rule pattern that `compilePattern` refuses
 */
export async function startFunctionHost(deps: FunctionHostDeps): Promise<FunctionHost> {
  const host = new Host(deps);
  try {
    await host.start();
  } catch (error) {
    await host.close();
    throw error;
  }
  return host;
}

class Host implements FunctionHost {
  readonly #deps: FunctionHostDeps;
  readonly #closing = new AbortController();
  readonly #work = new WorkCounter();
  readonly #pools: FunctionPools;
  readonly #async: AsyncInvoker;
  readonly #pollers: { readonly tableName: string; readonly poller: StreamPoller }[] = [];
  readonly #schedules: Promise<void>[] = [];

  constructor(deps: FunctionHostDeps) {
    this.#deps = deps;
    // Every retry that waits listens for our closing: many are no leak.
    setMaxListeners(0, this.#closing.signal);
    this.#pools = new FunctionPools(deps);
    const { queues, clock, ids, log, retryDelayScale = 1 / 600 } = deps;
    this.#async = new AsyncInvoker({
      invoke: (fn, event, requestId) => this.#pools.invoke(fn, event, requestId),
      ...{ queues, clock, ids, log, retryDelayScale },
      work: this.#work,
      signal: this.#closing.signal,
    });
  }

  async start(): Promise<void> {
    const { service, bus, topics } = this.#deps;
    for (const fn of service.functions) {
      for (const { name, pattern } of fn.eventRules) {
        bus.addRule({ name, pattern, target: (event) => this.#async.enqueue(fn, event) });
      }
      for (const { topicArn } of fn.topics) {
        topics.subscribe(topicArn, {
          functionArn: fn.functionArn,
          target: (event) => this.#async.enqueue(fn, event),
        });
      }
      for (const schedule of fn.schedules)
        this.#schedules.push(startSchedule(fn, schedule, this.#schedulerOptions()));
    }
    const streams = service.functions.flatMap((fn) => fn.streams.map((stream) => ({ fn, stream })));
    await Promise.all(streams.map(({ fn, stream }) => this.#startStream(fn, stream)));
  }

  async invoke(name: string, event: unknown): Promise<InvokeResult> {
    const fn = this.#find(name);
    return this.#work.track(() => this.#pools.invoke(fn, event, this.#deps.ids.uuid()));
  }

  invokeAsync(name: string, event: unknown): void {
    this.#async.enqueue(this.#find(name), event);
  }

  async warm(): Promise<void> {
    await this.#pools.warm();
  }

  async idle(): Promise<void> {
    let begun: number;
    do {
      await this.#work.none();
      begun = this.#work.begun;
      await Promise.all(this.#pollers.map(({ poller }) => poller.drained()));
      await this.#work.none();
    } while (begun !== this.#work.begun && !this.#closing.signal.aborted);
  }

  wakeStreams(tableName?: string): void {
    for (const { tableName: own, poller } of this.#pollers) {
      if (tableName === undefined || tableName === own) poller.wake();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new HostClosedError());
    await Promise.all(this.#pollers.map(({ poller }) => poller.close()));
    await this.#pools.close();
    await Promise.all([...this.#schedules, this.#work.none()]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #find(name: string): FunctionDefinition {
    const { service } = this.#deps;
    const found = service.functions.find((fn) => [fn.name, fn.functionName, fn.functionArn].includes(name));
    if (found !== undefined) return found;
    const arn = `arn:aws:lambda:${service.region}:${service.accountId}:function:${name}`;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, { statusCode: 404 });
  }

  #schedulerOptions() {
    const { clock, ids, service } = this.#deps;
    return {
      clock,
      ids,
      accountId: service.accountId,
      region: service.region,
      signal: this.#closing.signal,
      enqueue: (fn: FunctionDefinition, event: unknown) => this.#async.enqueue(fn, event),
    };
  }

  async #startStream(fn: FunctionDefinition, stream: StreamDefinition): Promise<void> {
    const { queues, clock, ids, log, compilePattern, service, streams, dynamoDb } = this.#deps;
    const filters = stream.filterPatterns.map((pattern) => compilePattern(pattern));
    const consumer = new EventSourceMapping({
      ...{ fn, stream, queues, clock, ids, log },
      region: service.region,
      work: this.#work,
      signal: this.#closing.signal,
      invoke: (target, event, requestId) => this.#pools.invoke(target, event, requestId),
      matches: (record) => filters.length === 0 || filters.some((matches) => matches(record)),
      onCapacity: () => this.wakeStreams(stream.tableName),
    });
    const poller = await startStreamPoller({
      streams: streamsApi(streams),
      tableName: stream.tableName,
      startingPosition: stream.startingPosition,
      ...{ consumer, clock },
      log: (line) => log(line, fn.name, 'host'),
      resolveStreamArn: async () => {
        const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: stream.tableName }));
        return Table?.LatestStreamArn;
      },
    });
    this.#pollers.push({ tableName: stream.tableName, poller });
  }
}
