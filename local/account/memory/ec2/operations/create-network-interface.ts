import { text, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { groupsFor } from '../interface-plans.ts';
import { createInterface, viewInterface } from '../interfaces.ts';
import { requireSubnet } from '../network.ts';
import { NETWORK_INTERFACE } from '../resource-ids.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html */
export const createNetworkInterface = ec2Operation({
  input: {
    SubnetId: text,
    Groups: texts.default([]),
    Description: text.optional(),
    PrivateIpAddress: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
    ClientToken: text.optional(),
  },
  run: (input, context) => {
    const subnet = requireSubnet(input.SubnetId, context.state.ec2);
    const groupIds = groupsFor(input.Groups, subnet, context);
    const tags = specifiedTags(input.TagSpecifications, NETWORK_INTERFACE.resourceType);
    const { Description: description, PrivateIpAddress: privateIpAddress } = input;
    const record = createInterface({ subnet, groupIds, description, privateIpAddress }, context);
    putTags(context.state.ec2, record.interfaceId, tags);
    return {
      NetworkInterface: viewInterface(record, context),
      ...(input.ClientToken === undefined ? {} : { ClientToken: input.ClientToken }),
    };
  },
});
