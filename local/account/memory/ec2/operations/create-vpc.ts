import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { assertBlockSize, createVpcRecord, viewVpc } from '../network.ts';
import { cidrPeer } from '../permissions.ts';
import { VPC } from '../resource-ids.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html */
export const createVpc = ec2Operation({
  input: { CidrBlock: text, TagSpecifications: tagSpecifications.optional() },
  run: ({ CidrBlock, TagSpecifications }, context) => {
    const { value: cidrBlock } = cidrPeer('cidrIpv4', CidrBlock);
    assertBlockSize(cidrBlock, 'InvalidVpc.Range');
    const tags = specifiedTags(TagSpecifications, VPC.resourceType);
    const vpc = createVpcRecord({ cidrBlock, isDefault: false }, context);
    putTags(context.state.ec2, vpc.vpcId, tags);
    return { Vpc: viewVpc(vpc, context) };
  },
});
