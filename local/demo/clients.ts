import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SSMClient } from '@aws-sdk/client-ssm';
import { REGION } from '../place.ts';

/** The same SDK clients that anybody would use, pointed at the laptop's cloud. */
export interface Clients extends Disposable {
  readonly dynamoDb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly events: EventBridgeClient;
  readonly ssm: SSMClient;
}

export function createClients(endpoint: string): Clients {
  const options = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  };
  const clients = {
    dynamoDb: new DynamoDBClient(options),
    ec2: new EC2Client(options),
    events: new EventBridgeClient(options),
    ssm: new SSMClient(options),
  };
  return {
    ...clients,
    [Symbol.dispose]: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
