import type { JsonObject } from '../../../service.ts';
import { viewAddress } from '../ec2/addresses.ts';
import { viewInstance, visibleInstances } from '../ec2/instances.ts';
import { viewInterface } from '../ec2/interfaces.ts';
import { viewTemplate } from '../ec2/launch-templates.ts';
import { viewSubnet, viewVpc } from '../ec2/network.ts';
import {
  arnOf,
  ELASTIC_IP,
  INSTANCE,
  LAUNCH_TEMPLATE,
  NETWORK_INTERFACE,
  type ResourceKind,
  SECURITY_GROUP,
  SUBNET,
  VOLUME,
  VPC,
} from '../ec2/resource-ids.ts';
import { viewGroup } from '../ec2/security-groups.ts';
import { viewVolume } from '../ec2/volumes.ts';
import type { MemoryContext } from '../operation.ts';
import type { RecordedResource, ResourceFinder } from './recorded.ts';

type Details = Pick<RecordedResource, 'configuration'> & Partial<RecordedResource>;

/** EC2's resources, by their IDs. */
export const ec2Resources = {
  'AWS::EC2::Instance': recorded(INSTANCE, (id, context) => {
    const instance = visibleInstances(context).find((each) => each.instanceId === id);
    if (instance === undefined || instance.state === 'terminated') return undefined;
    return {
      zone: `${instance.region}${instance.zone}`,
      createdAt: instance.launchTime,
      configuration: viewInstance(instance, context),
    };
  }),
  'AWS::EC2::NetworkInterface': recorded(NETWORK_INTERFACE, (id, context) => {
    const found = context.state.ec2.interfaces.get(id);
    return found && withZone(viewInterface(found, context));
  }),
  'AWS::EC2::SecurityGroup': recorded(SECURITY_GROUP, (id, context) => {
    const group = context.state.ec2.securityGroups.get(id);
    return group && { name: group.groupName, configuration: viewGroup(group, context) };
  }),
  'AWS::EC2::Volume': recorded(VOLUME, (id, context) => {
    const volume = context.state.ec2.volumes.get(id);
    return volume && { ...withZone(viewVolume(volume, context)), createdAt: volume.createTime };
  }),
  'AWS::EC2::VPC': recorded(VPC, (id, context) => {
    const vpc = context.state.ec2.vpcs.get(id);
    return vpc && { zone: 'Multiple Availability Zones', configuration: viewVpc(vpc, context) };
  }),
  'AWS::EC2::Subnet': recorded(SUBNET, (id, context) => {
    const subnet = context.state.ec2.subnets.get(id);
    return subnet && withZone(viewSubnet(subnet, context));
  }),
  'AWS::EC2::EIP': recorded(ELASTIC_IP, (id, context) => {
    const address = context.state.ec2.addresses.get(id);
    return address && { name: address.publicIp, configuration: viewAddress(address, context) };
  }),
  'AWS::EC2::LaunchTemplate': recorded(LAUNCH_TEMPLATE, (id, context) => {
    const template = context.state.ec2.launchTemplates.get(id);
    return template && { name: template.name, configuration: viewTemplate(template, context) };
  }),
} as const satisfies Readonly<Record<string, ResourceFinder>>;

/** ARN and region are the same for all kinds. */
function recorded(
  kind: ResourceKind,
  find: (id: string, context: MemoryContext) => Details | undefined,
): ResourceFinder {
  return (id, context) => {
    const found = find(id, context);
    const region = kind.regionOf(context.state.ec2, id) ?? context.region;
    return found && { arn: arnOf(kind, id, { region, accountId: context.accountId }), region, ...found };
  };
}

function withZone(configuration: JsonObject): Details {
  return { zone: String(configuration.AvailabilityZone), configuration };
}
