import type { JsonObject } from '../../../../service.ts';
import type { MemoryContext } from '../../operation.ts';
import { type Describable, describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { viewInstance, viewState, visibleInstances } from '../instances.ts';
import { interfacesOf, viewGroups } from '../interfaces.ts';
import { profileOf } from '../profile-associations.ts';
import { publicAddressOf } from '../public-addresses.ts';
import { INSTANCE } from '../resource-ids.ts';
import type { InstanceRecord } from '../state.ts';
import { volumesOf } from '../volumes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
export const describeInstances = ec2Operation({
  input: { InstanceIds: idList, ...describeInput },
  run: ({ InstanceIds, ...input }, context) => {
    const source = describableInstances(context);
    const { items, next } = describeResources(source, { ...input, ids: InstanceIds }, context);
    const reservations = Map.groupBy(items, ({ reservationId }) => reservationId);
    return { Reservations: [...reservations].map((each) => viewReservation(each, context)), ...next };
  },
});

function viewReservation(
  [reservationId, instances]: readonly [string, readonly InstanceRecord[]],
  context: MemoryContext,
): JsonObject {
  return {
    ReservationId: reservationId,
    OwnerId: context.accountId,
    Groups: [],
    Instances: instances.map((each) => viewInstance(each, context)),
  };
}

/** Instances, and how the Describe operations find them. */
export function describableInstances(context: MemoryContext): Describable<InstanceRecord> {
  const { ec2 } = context.state;
  const interfaces = ({ instanceId }: InstanceRecord) => interfacesOf(instanceId, ec2);
  const primary = (instance: InstanceRecord) => interfaces(instance)[0];
  const groups = (instance: InstanceRecord) => primary(instance)?.groupIds ?? [];
  return {
    kind: INSTANCE,
    all: visibleInstances,
    idOf: (instance) => instance.instanceId,
    table: {
      'instance-id': (instance) => instance.instanceId,
      'instance-state-name': (instance) => instance.state,
      'instance-state-code': (instance) => Number(viewState(instance.state).Code),
      'instance-type': (instance) => instance.instanceType,
      'image-id': (instance) => instance.imageId,
      'key-name': (instance) => instance.keyName,
      'client-token': (instance) => instance.clientToken,
      'reservation-id': (instance) => instance.reservationId,
      'owner-id': () => context.accountId,
      'availability-zone': (instance) => `${instance.region}${instance.zone}`,
      'iam-instance-profile.arn': (instance) => profileOf(instance.instanceId, ec2)?.arn,
      'iam-instance-profile.id': (instance) => profileOf(instance.instanceId, ec2)?.id,
      'metadata-options.http-tokens': (instance) => instance.metadata.httpTokens,
      'metadata-options.http-endpoint': (instance) => instance.metadata.httpEndpoint,
      'block-device-mapping.volume-id': (instance) =>
        volumesOf(instance.instanceId, ec2).map(({ volumeId }) => volumeId),
      architecture: (instance) => instance.architecture,
      'root-device-name': (instance) => instance.rootDeviceName,
      'root-device-type': () => 'ebs',
      'monitoring-state': (instance) => (instance.monitoring ? 'enabled' : 'disabled'),
      'vpc-id': (instance) => primary(instance)?.vpcId,
      'subnet-id': (instance) => primary(instance)?.subnetId,
      'private-ip-address': (instance) => primary(instance)?.privateIpAddress,
      'ip-address': (instance) =>
        interfaces(instance)
          .slice(0, 1)
          .flatMap((each) => publicAddressOf(each, ec2) ?? []),
      'instance.group-id': groups,
      'instance.group-name': (instance) =>
        viewGroups(groups(instance), ec2).map(({ GroupName }) => String(GroupName)),
      'network-interface.network-interface-id': (instance) =>
        interfaces(instance).map(({ interfaceId }) => interfaceId),
      'network-interface.group-id': (instance) => interfaces(instance).flatMap(({ groupIds }) => groupIds),
    },
  };
}
