import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Connection } from '../connection-options.ts';
import { environment } from '../environment.ts';
import { type Failing, noteFaults, type Target, toCliError } from './faults.ts';

/** AWS, or what stands in for it, as a command reaches it. A client is loaded and made when it is first asked for. */
export interface Aws {
  readonly target: Target;
  readonly settings: ClientSettings;
  dynamoDb(): Promise<DynamoDBClient>;
  /** @param region where the OpsItem is, or the runbook runs; Remediator's own without it */
  ssm(region?: string): Promise<SSMClient>;
  /** Any other client. @param key names the client's class */
  open<Client extends Failing>(
    key: string,
    make: (settings: ClientSettings) => Promise<Client>,
  ): Promise<Client>;
}

/** What every client of the SDK takes. */
export interface ClientSettings {
  readonly region?: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
}

type Options = Pick<Connection, 'profile' | 'region' | 'endpointUrl'>;

/** Opens AWS for a command, and tells what goes wrong there in one line. */
export async function withAws<Result>(options: Options, run: (aws: Aws) => Promise<Result>): Promise<Result> {
  const aws = openAws(options);
  try {
    return await run(aws);
  } catch (error) {
    throw toCliError(error, aws.target);
  }
}

function openAws(options: Options): Aws {
  const settings = settingsOf(options);
  const target = { region: settings.region, endpoint: settings.endpoint };
  const known = new Map<string, Promise<Failing>>();
  const once = <Client extends Failing>(key: string, make: () => Promise<Client>): Promise<Client> => {
    const client = known.get(key) ?? make().then((made) => noteFaults(made));
    known.set(key, client);
    // The key names the client's class.
    return client as Promise<Client>;
  };
  return {
    target,
    settings,
    open: (key, make) => once(key, () => make(settings)),
    dynamoDb: () =>
      once('dynamodb', async () => {
        const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
        return new DynamoDBClient(settings);
      }),
    ssm: (region) =>
      once(`ssm ${region}`, async () => {
        const { SSMClient } = await import('@aws-sdk/client-ssm');
        return new SSMClient({ ...settings, ...(region === undefined ? {} : { region }) });
      }),
  };
}

/** As the AWS CLI finds them. The laptop's cloud asks for no credentials, so it need not be given any. */
function settingsOf({ profile, region, endpointUrl }: Options): ClientSettings {
  const endpoint = endpointUrl ?? environment.AWS_ENDPOINT_URL;
  const local = endpoint !== undefined && isLoopback(endpoint);
  const there = region ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  const keyless = local && profile === undefined && environment.AWS_ACCESS_KEY_ID === undefined;
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(profile === undefined ? {} : { profile }),
    ...(there !== undefined ? { region: there } : local ? { region: 'us-east-1' } : {}),
    ...(keyless ? { credentials: { accessKeyId: 'laptop', secretAccessKey: 'laptop' } } : {}),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  };
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(URL.parse(url)?.hostname ?? '');
}
