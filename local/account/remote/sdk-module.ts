import { AwsError } from '../../aws-error.ts';
import { packageSuffix } from '../service-names.ts';

/** The part of an SDK client that is used here: every `@aws-sdk/client-*` has it. */
export interface SdkClient {
  send(command: object, options?: { abortSignal?: AbortSignal }): Promise<object>;
  destroy(): void;
}

export type SdkClientConstructor = new (configuration: object) => SdkClient;
export type SdkCommandConstructor = new (input: object) => object;

export interface SdkModule {
  readonly packageName: string;
  readonly Client: SdkClientConstructor;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Loads a package. Injected, so that tests need not have all of them installed. */
export type ImportModule = (name: string) => Promise<Readonly<Record<string, unknown>>>;

/**
 * The SDK package of a service.
 * @throws AwsError UnknownService for a name that cannot be one, MissingPackage with the command that installs it
 */
export async function loadSdkModule(service: string, importModule: ImportModule): Promise<SdkModule> {
  // A service's name can come from a runbook: nothing but these characters may become part of a module's path.
  if (!/^[a-z0-9-]+$/.test(service)) {
    throw new AwsError('UnknownService', `Unknown service: ${JSON.stringify(service.slice(0, 100))}.`);
  }
  const packageName = `@aws-sdk/client-${packageSuffix(service)}`;
  const exports = await importPackage(packageName, importModule);
  const name = Object.keys(exports).find((key) => /^\w+Client$/.test(key) && key !== '__Client');
  const Client = name === undefined ? undefined : exports[name];
  if (!isConstructor<SdkClientConstructor>(Client)) {
    throw new AwsError('UnknownService', `The package ${packageName} has no client.`);
  }
  return { packageName, Client, exports };
}

/**
 * The command of an operation.
 * @throws AwsError InvalidAction where the service has no such operation
 */
export function findCommand(module: SdkModule, operation: string): SdkCommandConstructor {
  const name = `${operation}Command`;
  const command =
    /^[A-Za-z0-9]+$/.test(operation) && Object.hasOwn(module.exports, name)
      ? module.exports[name]
      : undefined;
  if (isConstructor<SdkCommandConstructor>(command)) return command;
  throw new AwsError(
    'InvalidAction',
    `The action ${JSON.stringify(operation.slice(0, 100))} is not valid for this web service: ${module.packageName} has none of that name.`,
  );
}

async function importPackage(packageName: string, importModule: ImportModule) {
  try {
    return await importModule(packageName);
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new AwsError(
      'MissingPackage',
      `The AWS SDK client for this service is not installed. Install it: npm i -D ${packageName}`,
      { cause },
    );
  }
}

/** Constructors cannot be told apart further at run time: their names, from the SDK's own exports, say which they are. */
function isConstructor<T extends SdkClientConstructor | SdkCommandConstructor>(value: unknown): value is T {
  return typeof value === 'function';
}
