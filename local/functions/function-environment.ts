import type { FunctionDefinition } from '../service-definition/service-definition.ts';

/** What a function's environment holds beside its own variables. */
export interface EnvironmentOptions {
  readonly region: string;
  /** Where its SDK clients call: the laptop's cloud. */
  readonly endpointUrl: string;
  /** The task root: the service's folder. */
  readonly directory: string;
  readonly logStreamName: string;
  /** By whose keys the endpoint knows the function's role. */
  readonly credentials: FunctionCredentials;
  /** The host's own environment, of which little is handed on. */
  readonly parent: Readonly<Record<string, string | undefined>>;
}

export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What programs need to run at all. Nothing of the developer's AWS profile, tokens or secrets. */
const inherited = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'SYSTEMROOT', 'NODE_EXTRA_CA_CERTS', 'NODE_ENV'];

/**
 * A function's environment variables, as Lambda sets them.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function functionEnvironment(
  fn: FunctionDefinition,
  options: EnvironmentOptions,
): Record<string, string> {
  const { region, endpointUrl, directory, credentials, parent, logStreamName } = options;
  const kept = inherited.flatMap((name) => {
    const value = parent[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
    ...fn.environment,
    // Lambda's own names are reserved: the function's variables do not change them.
    TZ: 'UTC',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: fn.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memorySizeMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    // Neither profiles nor the instance's metadata are asked for anything.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    LAMBDA_TASK_ROOT: directory,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: fn.handler,
  };
}
