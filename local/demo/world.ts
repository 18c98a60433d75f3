import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  type AutomationExecution,
  type AutomationExecutionMetadata,
  DescribeAutomationStepExecutionsCommand,
  GetAutomationExecutionCommand,
  GetOpsItemCommand,
  type OpsItem,
  type OpsItemSummary,
  paginateDescribeAutomationExecutions,
  paginateDescribeOpsItems,
  StartAutomationExecutionCommand,
  type StepExecution,
  UpdateOpsItemCommand,
} from '@aws-sdk/client-ssm';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Cloud } from '../cloud.ts';
import { REGION } from '../place.ts';
import type { Clients } from './clients.ts';
import { publish } from './publish.ts';

/** A Trusted Advisor event, with the parts that a scene cares about. */
export interface TrustedAdvisorEvent {
  readonly checkName: string;
  readonly detail: Readonly<Record<string, string | null>>;
  readonly resourceId?: string;
  readonly status?: string;
  /** When it was sent. */
  readonly time?: Date;
}

/** An event as PutEvents takes it. */
export interface AnyEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly time?: Date | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of any API, read by their documented members
export type Answer = any;

/** What a person can do and see from outside: every call goes over the wire, as from the AWS CLI. */
export class World {
  readonly #cloud: Cloud;
  readonly #clients: Clients;

  constructor(cloud: Cloud, clients: Clients) {
    this.#cloud = cloud;
    this.#clients = clients;
  }

  /** Sends a Trusted Advisor event, and waits until nothing that follows from it is under way. */
  async happens(event: TrustedAdvisorEvent): Promise<void> {
    await this.sends(event);
    await this.#cloud.idle();
  }

  async sends({ checkName, detail, status, resourceId, time }: TrustedAdvisorEvent): Promise<void> {
    await this.#put({
      source: 'aws.trustedadvisor',
      detailType: 'Trusted Advisor Check Item Refresh Notification',
      detail: {
        'check-name': checkName,
        'check-item-detail': detail,
        status: status ?? 'ERROR',
        resource_id: resourceId ?? '',
      },
      time,
    });
  }

  /** Sends any event, and waits until nothing that follows from it is under way. */
  async putAndWait(event: AnyEvent): Promise<void> {
    await this.#put(event);
    await this.#cloud.idle();
  }

  /** Publishes to the topic with that logical ID, and waits until nothing that follows from it is under way. */
  async publishAndWait(topicId: string, subject: string, message: object): Promise<void> {
    const topic = this.#cloud.service.topics.find(({ logicalId }) => logicalId === topicId);
    if (!topic) throw new Error(`serverless.yml has no topic ${topicId}`);
    await publish(this.#cloud.url, { topicArn: topic.arn, subject, text: JSON.stringify(message) });
    await this.#cloud.idle();
  }

  async #put({ source, detailType, detail, time }: AnyEvent): Promise<void> {
    const entry = { Source: source, DetailType: detailType, Detail: JSON.stringify(detail), Time: time };
    const { FailedEntryCount } = await this.#clients.events.send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount !== 0) throw new Error(`PutEvents refused the event of ${source}`);
  }

  /** Calls an API of the account that runbooks act on. */
  async call(service: string, operation: string, input: Record<string, unknown> = {}): Promise<Answer> {
    return this.#cloud.account.call({ service, operation, input, region: REGION });
  }

  /** Starts a runbook by hand, and waits for its end. */
  async runs(documentName: string, parameters: Record<string, string[]>): Promise<AutomationExecution> {
    const { AutomationExecutionId } = await this.#clients.ssm.send(
      new StartAutomationExecutionCommand({ DocumentName: documentName, Parameters: parameters }),
    );
    await this.#cloud.idle();
    const { AutomationExecution: execution } = await this.#clients.ssm.send(
      new GetAutomationExecutionCommand({ AutomationExecutionId }),
    );
    if (!execution) throw new Error(`${documentName} is not known after it was started`);
    return execution;
  }

  async openGroup(name: string): Promise<string> {
    const { GroupId = '' } = await this.#clients.ec2.send(
      new CreateSecurityGroupCommand({ GroupName: name, Description: 'Made by the demo' }),
    );
    const open = (port: number) => ({
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    });
    await this.#clients.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open(22), open(443)] }),
    );
    return GroupId;
  }

  /** Deletes the group of that name, which nothing may use any more. */
  async deleteGroup(name: string): Promise<void> {
    const { SecurityGroups } = await this.call('ec2', 'DescribeSecurityGroups', {
      Filters: [{ Name: 'group-name', Values: [name] }],
    });
    for (const { GroupId } of SecurityGroups) await this.call('ec2', 'DeleteSecurityGroup', { GroupId });
  }

  async ingressOf(groupId: string): Promise<readonly IpPermission[]> {
    const { SecurityGroups } = await this.#clients.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }),
    );
    return SecurityGroups?.[0]?.IpPermissions ?? [];
  }

  async putMapping(item: Readonly<Record<string, string | boolean>>): Promise<void> {
    const entries = Object.entries(item).map(([key, value]) => [
      key,
      typeof value === 'boolean' ? { BOOL: value } : { S: value },
    ]);
    await this.#clients.dynamoDb.send(
      new PutItemCommand({ TableName: 'AutomationMappingTable', Item: Object.fromEntries(entries) }),
    );
  }

  async deleteMapping(checkName: string): Promise<void> {
    await this.#clients.dynamoDb.send(
      new DeleteItemCommand({ TableName: 'AutomationMappingTable', Key: { checkName: { S: checkName } } }),
    );
  }

  async rows(tableName: string): Promise<readonly Record<string, unknown>[]> {
    const { Items = [] } = await this.#clients.dynamoDb.send(new ScanCommand({ TableName: tableName }));
    return Items.map((item) => unmarshall(item));
  }

  async executions(): Promise<readonly AutomationExecutionMetadata[]> {
    const pages = paginateDescribeAutomationExecutions({ client: this.#clients.ssm }, {});
    return (await Array.fromAsync(pages)).flatMap((page) => page.AutomationExecutionMetadataList ?? []);
  }

  async stepsOf(executionId: string | undefined): Promise<readonly StepExecution[]> {
    if (executionId === undefined) return [];
    const { StepExecutions = [] } = await this.#clients.ssm.send(
      new DescribeAutomationStepExecutionsCommand({ AutomationExecutionId: executionId }),
    );
    return StepExecutions.filter(({ StepStatus }) => StepStatus !== 'Pending');
  }

  async opsItems(): Promise<readonly OpsItemSummary[]> {
    const pages = paginateDescribeOpsItems(
      { client: this.#clients.ssm },
      { OpsItemFilters: [{ Key: 'Source', Values: ['remediator'], Operator: 'Equal' }] },
    );
    return (await Array.fromAsync(pages)).flatMap((page) => page.OpsItemSummaries ?? []);
  }

  /** The newest OpsItem about a resource, in full. */
  async opsItemOf(resource: string): Promise<OpsItem | undefined> {
    const found = (await this.opsItems()).find(({ Title }) => Title?.endsWith(`: ${resource}`));
    if (!found) return undefined;
    const { OpsItem } = await this.#clients.ssm.send(new GetOpsItemCommand({ OpsItemId: found.OpsItemId }));
    return OpsItem;
  }

  /** A person's answer on the newest OpsItem about a resource. */
  async answer(resource: string, answer: string): Promise<void> {
    const opsItem = await this.opsItemOf(resource);
    const OperationalData = { answer: { Type: 'String', Value: answer } } as const;
    await this.#clients.ssm.send(
      new UpdateOpsItemCommand({ OpsItemId: opsItem?.OpsItemId, OperationalData }),
    );
    await this.#cloud.idle();
  }

  async resolve(opsItemId: string): Promise<void> {
    await this.#clients.ssm.send(new UpdateOpsItemCommand({ OpsItemId: opsItemId, Status: 'Resolved' }));
    await this.#cloud.idle();
  }
}
