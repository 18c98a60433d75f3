import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SSMClient } from '@aws-sdk/client-ssm';
import { SupportClient } from '@aws-sdk/client-support';
import type { Place } from '../ports.ts';
import type { PlaceCredentials } from './credentials.ts';

/** Lets a client's calls be traced. Takes the client as it is where tracing is off. */
export type Capture = <Client extends object>(client: Client) => Client;

/** One attempt more than the SDK's default: StartAutomationExecution allows about one call a second. */
const MAX_ATTEMPTS = 4;

/** A factory that makes one client for each account and region, once. */
export type ForPlace<Client> = (place: Place) => Client;

export interface ClientOptions {
  readonly capture: Capture;
  readonly credentials: PlaceCredentials;
}

export function createDynamoDb(region: string, capture: Capture): DynamoDBClient {
  return capture(new DynamoDBClient({ region, maxAttempts: MAX_ATTEMPTS }));
}

export function createSsm(options: ClientOptions): ForPlace<SSMClient> {
  return oncePerPlace(options, (settings) => new SSMClient(settings));
}

export function createTagging(options: ClientOptions): ForPlace<ResourceGroupsTaggingAPIClient> {
  return oncePerPlace(options, (settings) => new ResourceGroupsTaggingAPIClient(settings));
}

export function createConfigService(options: ClientOptions): ForPlace<ConfigServiceClient> {
  return oncePerPlace(options, (settings) => new ConfigServiceClient(settings));
}

export function createSupport(options: ClientOptions): ForPlace<SupportClient> {
  return oncePerPlace(options, (settings) => new SupportClient(settings));
}

type Settings = { readonly region: string; readonly maxAttempts: number } & ReturnType<PlaceCredentials>;

function oncePerPlace<Client extends object>(
  { capture, credentials }: ClientOptions,
  create: (settings: Settings) => Client,
): ForPlace<Client> {
  const clients = new Map<string, Client>();
  return (place) => {
    const { account, region } = place;
    const key = `${account} ${region}`;
    const client =
      clients.get(key) ?? capture(create({ region, maxAttempts: MAX_ATTEMPTS, ...credentials(place) }));
    clients.set(key, client);
    return client;
  };
}
