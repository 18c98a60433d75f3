import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Account } from './account/account.ts';
import { createMemoryAccount } from './account/memory/memory-account.ts';
import type { AccountSeed } from './account/memory/seed.ts';
import { createRemoteAccount } from './account/remote.ts';
import { type Clock, systemClock } from './clock.ts';
import { createTables } from './dynamodb/create-tables.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { createDynamoDbProxy } from './endpoint/dynamodb-proxy.ts';
import { startEndpoint } from './endpoint/server.ts';
import { EventBus } from './events/bus.ts';
import type { CloudEvent } from './events/event.ts';
import { compilePattern } from './events/pattern.ts';
import { createEventsService } from './events/service.ts';
import { createCallers } from './functions/callers.ts';
import { type FunctionHost, startFunctionHost } from './functions/function-host.ts';
import { type Ids, randomIds } from './ids.ts';
import { createLambdaService } from './lambda/lambda-service.ts';
import { ACCOUNT_ID, REGION } from './place.ts';
import { createQueues } from './queues/queues.ts';
import { readServiceDefinition } from './service-definition/read-service-definition.ts';
import type { ServiceDefinition } from './service-definition/service-definition.ts';
import { Topics } from './sns/topics.ts';
import type { Automation } from './ssm/automation/automation.ts';
import { createSystemsManager } from './ssm/systems-manager.ts';
import { createSts } from './sts/sts.ts';

export interface CloudOptions {
  /** 0 takes a free one. @default 4566 */
  readonly port?: number;
  /** `memory`, or the URL of an AWS-compatible endpoint that runbooks act on. @default memory */
  readonly account?: string;
  /** What is in the account in memory at first. */
  readonly seed?: AccountSeed;
  /** URL of a DynamoDB to use in place of dynoxide. */
  readonly dynamodb?: string;
  /** Whether aws:invokeWebhook may call out. @default false */
  readonly allowWebhooks?: boolean;
  /** @default serverless.yml of this checkout */
  readonly serviceFile?: string;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Hears each line that a function or a part of the cloud logs. */
  readonly log?: (line: LogLine) => void;
  /** Hears of every API call that reaches the endpoint. */
  readonly onCall?: (call: CloudCall) => void;
  /** Hears of every event on the bus, as a rule that matches all of them would. */
  readonly onEvent?: (event: CloudEvent) => void;
}

export interface CloudCall {
  /** The function's name in serverless.yml; undefined: somebody else. */
  readonly by: string | undefined;
  /** Signing name of the service, such as `ssm`. */
  readonly service: string;
  readonly operation: string;
}

export interface LogLine {
  /** The function's name, or the part of the cloud. */
  readonly from: string;
  readonly line: string;
}

/** The whole of Remediator on this machine. */
export interface Cloud extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string;
  readonly service: ServiceDefinition;
  readonly account: Account;
  readonly functions: FunctionHost;
  /** Resolves when nothing is under way: no event, stream record, invocation or execution. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Boots the laptop's cloud from serverless.yml: endpoint, DynamoDB, bus, streams, functions, Systems Manager, account.
 * @throws EndpointError PORT_TAKEN; DynamoDbError DYNAMODB_MISSING; ServiceDefinitionError
 */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  await using started = new AsyncDisposableStack();
  const { clock = systemClock, ids = randomIds, log = () => {} } = options;
  const logFrom = (from: string) => (line: string) => log({ from, line });
  const file = options.serviceFile ?? join(import.meta.dirname, '..', 'serverless.yml');
  const [service, dynamodb] = await Promise.all([
    readServiceDefinition({ file, accountId: ACCOUNT_ID, region: REGION, params: DEPLOYED_WITH }),
    startDynamoDb({
      onCrash: (error) => logFrom('dynamodb')(error.message),
      ...(options.dynamodb === undefined ? {} : { url: options.dynamodb }),
    }),
  ]);
  started.use(dynamodb);

  const bus = started.use(new EventBus({ clock, ids, accountId: ACCOUNT_ID, region: REGION }));
  const { onEvent } = options;
  if (onEvent) bus.addRule({ name: 'onEvent', pattern: { source: [{ exists: true }] }, target: onEvent });
  const account = openAccount(options, { clock, ids });
  started.defer(() => account.close());
  const late: { host?: FunctionHost; url?: string } = {};
  const systemsManager = createSystemsManager({
    clock,
    ids,
    events: bus,
    account,
    accountId: ACCOUNT_ID,
    endpointUrl: () => late.url,
    allowWebhooks: options.allowWebhooks === true,
  });
  started.use(systemsManager.automation);

  const queues = started.use(
    createQueues({ clock, ids, accountId: ACCOUNT_ID, region: REGION, endpoint: () => late.url ?? '' }),
  );
  for (const queue of service.queues) queues.create(queue.name);
  const callers = createCallers(service);
  const sts = createSts({ clock, callers });
  const topics = new Topics({ clock, ids, topics: service.topics });
  const proxy = createDynamoDbProxy({
    baseUrl: dynamodb.url,
    onWrite: (_, table) => late.host?.wakeStreams(table),
  });
  started.defer(() => proxy.close());

  const client = {
    endpoint: dynamodb.url,
    region: REGION,
    credentials: { accessKeyId: 'laptop', secretAccessKey: 'laptop' },
  };
  const tables = new DynamoDBClient(client);
  started.defer(() => tables.destroy());
  const functions = createLambdaService({
    functions: service.functions,
    host: () => late.host,
    others: (options.account ?? 'memory') !== 'memory',
    streamArnOf: async (TableName) =>
      (await tables.send(new DescribeTableCommand({ TableName }))).Table?.LatestStreamArn,
  });

  const endpoint = started.use(
    await startEndpoint({
      port: options.port ?? 4566,
      services: [
        systemsManager.service,
        createEventsService(bus),
        queues.service,
        topics.service,
        sts,
        functions,
      ],
      dynamodb: proxy,
      account,
      principalOf: callers.principalOf,
      ids,
      accountId: ACCOUNT_ID,
      onCall: ({ accessKeyId, ...call }) =>
        options.onCall?.({ ...call, by: callers.functionOf(accessKeyId)?.name }),
    }),
  );
  late.url = endpoint.url;

  await createTables(tables, service.tables, { log: logFrom('dynamodb') });
  const streams = new DynamoDBStreamsClient(client);
  started.defer(() => streams.destroy());

  const host = started.use(
    await startFunctionHost({
      service,
      endpointUrl: endpoint.url,
      clock,
      ids,
      queues,
      bus,
      topics,
      compilePattern,
      dynamoDb: tables,
      streams,
      log: (line, from) => log({ from, line }),
      credentialsFor: (name) => ({ accessKeyId: callers.keyOf(name), secretAccessKey: 'laptop' }),
    }),
  );
  late.host = host;
  // In the background: the cloud is ready, and the first event need not wait for imports.
  host.warm().catch((error: unknown) => log({ from: 'functions', line: String(error) }));

  const everything = started.move();
  return {
    url: endpoint.url,
    service,
    account,
    functions: host,
    idle: () => idle({ bus, host, automation: systemsManager.automation }),
    close: () => everything.disposeAsync(),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

function openAccount({ account = 'memory', seed }: CloudOptions, deps: { clock: Clock; ids: Ids }): Account {
  if (account !== 'memory') return createRemoteAccount({ endpoint: account, ids: deps.ids });
  const memory = createMemoryAccount({
    ...deps,
    accountId: ACCOUNT_ID,
    region: REGION,
    isEveryAccount: true,
  });
  if (seed) memory.seed(seed);
  return memory;
}

/** Every account is the one account: events name accounts and buttons of their own, and are acted upon all the same. */
const DEPLOYED_WITH = {
  crossAccountRoleName: 'remediator-prod-remediation',
  securityHubApprovalActions: '*',
};

interface Parts {
  readonly bus: EventBus;
  readonly host: FunctionHost;
  readonly automation: Automation;
}

/** What one part does gives another one work, by way of an event: quiet is a round in which none was published. */
async function idle({ bus, host, automation }: Parts): Promise<void> {
  let published: number;
  do {
    published = bus.published;
    await bus.delivered();
    await host.idle();
    await automation.idle();
  } while (bus.published !== published);
}
