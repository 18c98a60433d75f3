import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { environment, preferProfile } from '../environment.ts';
import { type Failing, noteFaults, type Target, toCliError } from './faults.ts';
import { type ClientSettings, type Place, settingsOf } from './settings.ts';

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

/** Opens AWS for a command, and tells what goes wrong there in one line. */
export async function withAws<Result>(options: Place, run: (aws: Aws) => Promise<Result>): Promise<Result> {
  const aws = openAws(options);
  try {
    return await run(aws);
  } catch (error) {
    throw toCliError(error, aws.target);
  }
}

function openAws(options: Place): Aws {
  const settings = settingsOf(options, environment);
  if (options.profile !== undefined) preferProfile(options.profile);
  const profile =
    options.profile ?? (settings.credentials ? undefined : environment.AWS_PROFILE || undefined);
  const target = { region: settings.region, endpoint: settings.endpoint, profile };
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
