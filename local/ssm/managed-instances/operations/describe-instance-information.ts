import { AwsError } from '../../../aws-error.ts';
import type { Clock } from '../../../clock.ts';
import type { JsonObject } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import {
  optionalInteger,
  optionalObjects,
  optionalString,
  optionalStrings,
  requiredString,
} from '../../tags/request.ts';
import type { ManagedInstance } from '../managed-instance.ts';

const AGENT_VERSION = '3.3.987.0';

const FIELDS: Readonly<Record<string, ((instance: ManagedInstance) => string) | undefined>> = {
  InstanceIds: ({ instanceId }) => instanceId,
  PingStatus: pingStatus,
  AgentVersion: () => AGENT_VERSION,
  PlatformTypes: ({ platform }) => platform,
  IamRole: ({ roleName }) => roleName,
  ResourceType: () => 'EC2Instance',
};

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html
 * @throws AwsError InvalidFilterKey, InvalidInstanceInformationFilterValue, InvalidNextToken
 */
export function describeInstanceInformation(
  instances: readonly ManagedInstance[],
  input: JsonObject,
  clock: Clock,
): JsonObject {
  const tests = [
    ...optionalObjects(input, 'Filters').map((filter) => readFilter(filter, 'Key', 'Values')),
    ...optionalObjects(input, 'InstanceInformationFilterList').map((filter) =>
      readFilter(filter, 'key', 'valueSet'),
    ),
  ];
  const { items, nextToken } = page({
    items: instances.filter((instance) => tests.every((test) => test(instance))),
    idOf: ({ instanceId }) => instanceId,
    maxResults: optionalInteger(input, 'MaxResults', { min: 5, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    InstanceInformationList: items.map((instance) => view(instance, clock.now())),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

function readFilter(filter: JsonObject, keyName: string, valuesName: string) {
  const key = requiredString(filter, keyName, { minLength: 1 });
  const values = optionalStrings(filter, valuesName, { max: 100 });
  if (values.length === 0) {
    throw new AwsError(
      'InvalidInstanceInformationFilterValue',
      `The specified filter value for ${key} is not valid.`,
    );
  }
  if (key === 'tag-key') return ({ tags }: ManagedInstance) => values.some((value) => tags.has(value));
  if (key.startsWith('tag:')) {
    return ({ tags }: ManagedInstance) => values.includes(tags.get(key.slice('tag:'.length)) ?? '');
  }
  const read = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
  if (read) return (instance: ManagedInstance) => values.includes(read(instance));
  throw new AwsError('InvalidFilterKey', `The specified filter key ${key} is not valid.`);
}

function pingStatus({ isOnline }: ManagedInstance): string {
  return isOnline ? 'Online' : 'ConnectionLost';
}

function view(instance: ManagedInstance, now: Date): JsonObject {
  const isWindows = instance.platform === 'Windows';
  return {
    InstanceId: instance.instanceId,
    PingStatus: pingStatus(instance),
    LastPingDateTime: instance.isOnline ? now : instance.registeredAt,
    AgentVersion: AGENT_VERSION,
    IsLatestVersion: true,
    PlatformType: instance.platform,
    PlatformName: isWindows ? 'Microsoft Windows Server 2022 Datacenter' : 'Amazon Linux',
    PlatformVersion: isWindows ? '10.0.20348' : '2023',
    IamRole: instance.roleName,
    RegistrationDate: instance.registeredAt,
    ResourceType: 'EC2Instance',
    ...(instance.ipAddress === undefined ? {} : { IPAddress: instance.ipAddress }),
    ComputerName: instance.computerName,
    SourceId: instance.instanceId,
    SourceType: 'AWS::EC2::Instance',
  };
}
