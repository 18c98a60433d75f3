import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { assertSubnetFits, createSubnetRecord, viewSubnet } from '../network.ts';
import { cidrPeer } from '../permissions.ts';
import { assertExists, SUBNET, VPC } from '../resource-ids.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html */
export const createSubnet = ec2Operation({
  input: {
    VpcId: text,
    CidrBlock: text,
    AvailabilityZone: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) => {
    const { ec2 } = context.state;
    assertExists(VPC, input.VpcId, ec2);
    const { value: cidrBlock } = cidrPeer('cidrIpv4', input.CidrBlock);
    const vpc = ec2.vpcs.get(input.VpcId);
    if (vpc) assertSubnetFits(cidrBlock, vpc, ec2);
    const zone = zoneOf(input.AvailabilityZone ?? `${context.region}a`, context.region);
    const tags = specifiedTags(input.TagSpecifications, SUBNET.resourceType);
    const subnet = createSubnetRecord({ vpcId: input.VpcId, cidrBlock, zone, isDefault: false }, context);
    putTags(ec2, subnet.subnetId, tags);
    return { Subnet: viewSubnet(subnet, context) };
  },
});

function zoneOf(availabilityZone: string, region: string): string {
  const zone = availabilityZone.slice(region.length);
  if (availabilityZone.startsWith(region) && /^[a-f]$/.test(zone)) return zone;
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${availabilityZone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${[...'abcdef'].map((letter) => region + letter).join(', ')}.`,
  );
}
