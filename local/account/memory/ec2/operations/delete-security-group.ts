import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { removeRules, rulesOf } from '../rules.ts';
import { requireGroup } from '../security-groups.ts';
import type { Ec2State } from '../state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html */
export const deleteSecurityGroup = ec2Operation({
  input: { GroupId: text.optional(), GroupName: text.optional() },
  run: (input, context) => {
    const { ec2 } = context.state;
    const { groupId, groupName } = requireGroup(input, context);
    if (groupName === 'default') {
      throw new AwsError(
        'CannotDelete',
        `the specified group: "${groupId}" name: "default" cannot be deleted by a user`,
      );
    }
    if (isInUse(groupId, ec2)) {
      throw new AwsError('DependencyViolation', `resource ${groupId} has a dependent object`);
    }
    removeRules([...rulesOf(groupId, false, ec2), ...rulesOf(groupId, true, ec2)], ec2);
    ec2.securityGroups.delete(groupId);
    ec2.tags.delete(groupId);
    return { Return: true, GroupId: groupId };
  },
});

function isInUse(groupId: string, state: Ec2State): boolean {
  const attached = [...state.interfaces.values()].some(({ groupIds }) => groupIds.includes(groupId));
  const referenced = [...state.rules.values()].some(
    (rule) => rule.groupId !== groupId && rule.peer.kind === 'group' && rule.peer.value === groupId,
  );
  return attached || referenced;
}
