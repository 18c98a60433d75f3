import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SSMClient } from '@aws-sdk/client-ssm';

/** Lets a client's calls be traced. Takes the client as it is where tracing is off. */
export type Capture = <Client extends object>(client: Client) => Client;

/** One attempt more than the SDK's default: StartAutomationExecution allows about one call a second. */
const MAX_ATTEMPTS = 4;

/** A factory that makes one client for each region, once. */
export type ForRegion<Client> = (region: string) => Client;

export function createDynamoDb(region: string, capture: Capture): DynamoDBClient {
  return capture(new DynamoDBClient({ region, maxAttempts: MAX_ATTEMPTS }));
}

export function createSsm(capture: Capture): ForRegion<SSMClient> {
  return oncePerRegion((region) => capture(new SSMClient({ region, maxAttempts: MAX_ATTEMPTS })));
}

export function createTagging(capture: Capture): ForRegion<ResourceGroupsTaggingAPIClient> {
  return oncePerRegion((region) =>
    capture(new ResourceGroupsTaggingAPIClient({ region, maxAttempts: MAX_ATTEMPTS })),
  );
}

function oncePerRegion<Client>(create: (region: string) => Client): ForRegion<Client> {
  const clients = new Map<string, Client>();
  return (region) => {
    const client = clients.get(region) ?? create(region);
    clients.set(region, client);
    return client;
  };
}
