import { AwsError } from '../aws-error.ts';
import { type Ids, randomIds } from '../ids.ts';
import type { JsonObject } from '../service.ts';
import type { Account, AccountCall } from './account.ts';
import { createProxy } from './remote/proxy.ts';
import { endpointError, toAwsError } from './remote/sdk-error.ts';
import { toSdkInput } from './remote/sdk-input.ts';
import {
  findCommand,
  type ImportModule,
  loadSdkModule,
  type SdkClient,
  type SdkModule,
} from './remote/sdk-module.ts';
import { type AnswerMetadata, noteMetadata } from './response-metadata.ts';
import { writeError } from './wire/error-response.ts';
import { operationShapes } from './wire/shape.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface RemoteAccountOptions {
  /** Such as `http://127.0.0.1:5000`. Undefined: AWS itself, with the caller's own credentials. */
  readonly endpoint: string | undefined;
  /** @default `test` / `test`, which moto and LocalStack take; in AWS what the SDK's default chain finds */
  readonly credentials?: AwsCredentials;
  /** How long to wait for a connection. @default 3000 */
  readonly connectTimeoutMs?: number;
  /** How long to wait for an answer. @default 30000 */
  readonly requestTimeoutMs?: number;
  readonly importModule?: ImportModule;
  readonly ids?: Ids;
}

/** An account behind any endpoint that speaks AWS's protocols (moto, LocalStack), or in AWS. @throws AwsError InvalidEndpoint */
export function createRemoteAccount(options: RemoteAccountOptions): Account {
  const { endpoint, ids = randomIds, importModule = importPackage } = options;
  const proxy =
    endpoint === undefined
      ? undefined
      : createProxy(parseEndpoint(endpoint), options.requestTimeoutMs ?? 30_000);
  const modules = new Map<string, Promise<SdkModule>>();
  const clients = new Map<string, SdkClient>();

  async function moduleOf(service: string): Promise<SdkModule> {
    const loading = modules.get(service) ?? loadSdkModule(service, importModule);
    modules.set(service, loading);
    try {
      return await loading;
    } catch (error) {
      modules.delete(service);
      throw error;
    }
  }

  function clientOf(module: SdkModule, region: string): SdkClient {
    const key = `${module.packageName} ${region}`;
    const client = clients.get(key) ?? new module.Client({ ...configuration(options), region });
    clients.set(key, client);
    return client;
  }

  async function call({ service, operation, input, region }: AccountCall): Promise<JsonObject> {
    const module = await moduleOf(service.toLowerCase());
    const Command = findCommand(module, operation);
    const shapes = operationShapes(module.exports[`${operation}$`]);
    const command = new Command(shapes ? toSdkInput(input, shapes.input) : input);
    try {
      const { $metadata, ...output }: JsonObject = { ...(await clientOf(module, region).send(command)) };
      if (isMetadata($metadata)) noteMetadata(output, $metadata);
      return output;
    } catch (error) {
      throw toAwsError(error, endpoint);
    }
  }

  return {
    call,
    handleHttp: async (request) => {
      if (proxy === undefined) return writeError(request, notProxied(), ids.uuid());
      try {
        return await proxy.forward(request);
      } catch (error) {
        return writeError(request, endpointError(endpoint, error), ids.uuid());
      }
    },
    close: async () => {
      proxy?.close();
      for (const client of clients.values()) client.destroy();
      clients.clear();
    },
  };
}

const TEST_CREDENTIALS: AwsCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };

function configuration(options: RemoteAccountOptions): object {
  const { endpoint, credentials } = options;
  return {
    ...(endpoint === undefined
      ? credentials && { credentials }
      : {
          endpoint,
          credentials: credentials ?? TEST_CREDENTIALS,
          // Endpoints on a laptop have no DNS for a bucket's own host name. Only S3 knows the option.
          forcePathStyle: true,
        }),
    // The runbook's own retries decide how often: an endpoint that is down must not cost minutes.
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: options.connectTimeoutMs ?? 3000,
      requestTimeout: options.requestTimeoutMs ?? 30_000,
      throwOnRequestTimeout: true,
    },
  };
}

function isMetadata(value: unknown): value is AnswerMetadata {
  return typeof value === 'object' && value !== null;
}

function parseEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new AwsError('InvalidEndpoint', `--account ${endpoint} is no http:// or https:// URL.`);
}

/** A request that was signed for this machine is not valid anywhere else. */
function notProxied(): AwsError {
  return new AwsError('NotImplemented', 'Requests to AWS are not passed on: send them to AWS itself.', {
    statusCode: 501,
  });
}

async function importPackage(name: string): Promise<Readonly<Record<string, unknown>>> {
  return { ...(await import(name)) };
}
