import { texts } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { recordActivity } from '../activities.ts';
import { autoScalingOperation, groupName, invalid } from '../autoscaling-operation.ts';
import { groupOf, requireGroup, sizeError } from '../groups.ts';
import { addMember } from '../launch.ts';
import type { GroupRecord } from '../state.ts';

/**
 * The desired capacity grows by the instances, which are in service at once.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AttachInstances.html
 */
export const attachInstances = autoScalingOperation({
  input: { AutoScalingGroupName: groupName, InstanceIds: texts.min(1).max(20) },
  run: ({ AutoScalingGroupName, InstanceIds }, context) => {
    const group = requireGroup(AutoScalingGroupName, context);
    const ids = [...new Set(InstanceIds)];
    for (const id of ids) assertAttachable(id, group, context);
    if (group.desiredCapacity + ids.length > group.maxSize) {
      throw sizeError(group, `attach ${ids.length} more instance${ids.length === 1 ? '' : 's'}`);
    }
    group.desiredCapacity += ids.length;
    for (const id of ids) {
      addMember(group, id, { launchedBy: undefined, context });
      const cause = `an instance was attached in response to a user request.`;
      recordActivity(group, { description: `Attaching an existing EC2 instance: ${id}`, cause }, context);
    }
    return {};
  },
});

function assertAttachable(id: string, group: GroupRecord, context: MemoryContext): void {
  const instance = context.state.ec2.instances.get(id);
  if (instance === undefined) throw invalid(`Invalid Instance ID(s): [${id}] specified for attachment.`);
  if (instance.state !== 'running') {
    throw invalid(
      `Invalid Instance(s): ${id} is not in running state. Only running instances can be attached.`,
    );
  }
  const other = groupOf(id, context);
  if (other) throw invalid(`Instance ${id} is already part of AutoScalingGroup:${other.name}`);
  const zone = instance.region + instance.zone;
  if (!group.availabilityZones.includes(zone)) {
    throw invalid(`The instance ${id} is in ${zone}, which is not an Availability Zone of ${group.name}.`);
  }
}
