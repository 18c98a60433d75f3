import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { arnOf, assertExists, SECURITY_GROUP, VPC } from '../resource-ids.ts';
import { assertDescription, createGroup, defaultVpcId, isPlainText } from '../security-groups.ts';
import { putTags, specifiedTags, tagList, tagSpecifications } from '../tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const createSecurityGroup = ec2Operation({
  input: {
    GroupName: text,
    Description: text,
    VpcId: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) => {
    const { GroupName: groupName, Description: description } = input;
    const { ec2 } = context.state;
    assertName(groupName);
    assertDescription('security group', description);
    const vpcId = input.VpcId ?? defaultVpcId(ec2);
    assertExists(VPC, vpcId, ec2);
    const tags = specifiedTags(input.TagSpecifications, SECURITY_GROUP.resourceType);
    if (
      [...ec2.securityGroups.values()].some((group) => group.vpcId === vpcId && group.groupName === groupName)
    ) {
      throw new AwsError(
        'InvalidGroup.Duplicate',
        `The security group '${groupName}' already exists for VPC '${vpcId}'`,
      );
    }
    const group = createGroup({ groupName, description, vpcId }, context);
    putTags(ec2, group.groupId, tags);
    return {
      GroupId: group.groupId,
      SecurityGroupArn: arnOf(SECURITY_GROUP, group.groupId, context),
      Tags: tagList(ec2, group.groupId),
    };
  },
});

function assertName(name: string): void {
  if (name.startsWith('sg-')) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    );
  }
  if (name === 'default') {
    throw new AwsError('InvalidParameterValue', 'Cannot use reserved security group name: default');
  }
  if (!isPlainText(name)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${name}) for parameter GroupName is invalid. Up to 255 of a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$* are allowed.`,
    );
  }
}
