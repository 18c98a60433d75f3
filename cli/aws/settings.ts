import { isUrl } from '../../local/command.ts';
import { CliError } from '../cli-error.ts';
import { type Connection, isRegion } from '../connection-options.ts';

/** What every client of the SDK takes. */
export interface ClientSettings {
  readonly region?: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maxAttempts: number;
  readonly requestHandler: typeof REQUESTS;
  readonly logger: typeof SILENT;
}

export type Place = Pick<Connection, 'profile' | 'region' | 'endpointUrl'>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds. What is not answered by then fails, and is tried as often as `maxAttempts` says. */
const REQUESTS = {
  connectionTimeout: 5_000,
  requestTimeout: 10_000,
  /** Of an answer that has begun, and does not go on. */
  socketTimeout: 10_000,
  throwOnRequestTimeout: true,
};

/** The SDK's warnings are for those who write programs. */
const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * As the AWS CLI finds them: options, then variables, then the profile, which is left to the SDK. The laptop's cloud asks
 * for no credentials, so it need not be given any.
 * @throws CliError USAGE: a variable that is no URL, or no region
 */
export function settingsOf(
  { profile, region, endpointUrl }: Place,
  environment: Environment,
): ClientSettings {
  const variables = endpointsIn(environment);
  const shared = endpointUrl ?? variables.get(ENDPOINT);
  // Where a service has a variable of its own, the SDK has to choose: one endpoint for all would go before it.
  const endpoint = endpointUrl ?? (variables.size === 1 ? shared : undefined);
  const isLocal =
    shared !== undefined &&
    (endpointUrl === undefined ? [...variables.values()] : [shared]).every(isLoopback);
  const there =
    region ?? regionIn(environment) ?? (isLocal && profile === undefined ? 'us-east-1' : undefined);
  const credentials = profile === undefined ? credentialsIn(environment, isLocal) : undefined;
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(profile === undefined ? {} : { profile }),
    ...(there === undefined ? {} : { region: there }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 3,
    requestHandler: REQUESTS,
    logger: SILENT,
  };
}

const ENDPOINT = 'AWS_ENDPOINT_URL';

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointsIn(environment: Environment): ReadonlyMap<string, string> {
  if (/^true$/i.test(environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? '')) return new Map();
  const found = new Map<string, string>();
  for (const [name, value = ''] of Object.entries(environment)) {
    if (value === '' || (name !== ENDPOINT && !name.startsWith(`${ENDPOINT}_`))) continue;
    if (!isUrl(value)) throw wrong(name, value, 'a URL such as http://127.0.0.1:4566');
    found.set(name, value);
  }
  return found;
}

function regionIn(environment: Environment): string | undefined {
  const name = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((each) => environment[each]);
  const region = name && environment[name];
  if (!name || !region) return undefined;
  if (!isRegion(region)) throw wrong(name, region, 'a region such as us-east-1');
  return region;
}

/** The SDK would let AWS_PROFILE go before keys, which the AWS CLI does with --profile only. */
function credentialsIn(environment: Environment, isLocal: boolean): ClientSettings['credentials'] {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  return isLocal && !accessKeyId ? { accessKeyId: 'laptop', secretAccessKey: 'laptop' } : undefined;
}

function wrong(name: string, value: string, wanted: string): CliError {
  return new CliError(
    'USAGE',
    `${name} is ${JSON.stringify(value)}: it has to be ${wanted}; mend or unset it`,
  );
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(URL.parse(url)?.hostname ?? '');
}
