import { type Cloud, type CloudOptions, startCloud } from '../../local/cloud.ts';
import { type Clients, createClients } from '../../local/demo/clients.ts';
import { World } from '../../local/demo/world.ts';
import { ACCOUNT_ID, REGION } from '../../local/place.ts';

/** A booted cloud on a free port, the clients of a user, and what it logged. */
export interface BootedCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly clients: Clients;
  readonly world: World;
  readonly logged: readonly string[];
}

export async function bootCloud(options: CloudOptions = {}): Promise<BootedCloud> {
  const logged: string[] = [];
  const cloud = await startCloud({ port: 0, log: ({ line }) => logged.push(line), ...options });
  const clients = createClients(cloud.url);
  return {
    cloud,
    clients,
    world: new World(cloud, clients),
    logged,
    [Symbol.asyncDispose]: async () => {
      clients[Symbol.dispose]();
      await cloud.close();
    },
  };
}

export const PORTS_CHECK = 'Security groups should not allow unrestricted access to ports with high risk';
export const RUNBOOK = 'AWS-DisablePublicAccessForSecurityGroup';

/** The mapping of the use case, with changes. */
export function mappingRow(
  changes: Readonly<Record<string, string | boolean>> = {},
): Record<string, string | boolean> {
  return {
    checkName: PORTS_CHECK,
    ssmAutomationDocument: RUNBOOK,
    automationParameters: `{"GroupId": ["$resourceId"], "AutomationAssumeRole": ["arn:aws:iam::${ACCOUNT_ID}:role/remediator/close"]}`,
    regexPattern: '(sg-\\w+)',
    automationStatus: true,
    ...changes,
  };
}

export const groupArn = (groupId: string) => `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:security-group/${groupId}`;

/** What Trusted Advisor says of a security group. */
export function groupFinding(arn: string, status = 'Red', seenAt = new Date()) {
  return {
    checkName: PORTS_CHECK,
    resourceId: arn,
    status: status === 'Green' ? 'OK' : 'ERROR',
    detail: { Status: status, Region: REGION, Resource: arn, 'Last Updated Time': seenAt.toISOString() },
  };
}
