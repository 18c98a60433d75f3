import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { newPublicAddress } from '../public-addresses.ts';
import { ELASTIC_IP, newId } from '../resource-ids.ts';
import type { AddressRecord } from '../storage-state.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html */
export const allocateAddress = ec2Operation({
  input: {
    Domain: z.enum(['vpc', 'standard']).optional(),
    PublicIpv4Pool: z.literal('amazon').optional(),
    NetworkBorderGroup: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: ({ TagSpecifications }, context) => {
    const { ec2 } = context.state;
    const tags = specifiedTags(TagSpecifications, ELASTIC_IP.resourceType);
    const here = [...ec2.addresses.values()].filter(({ region }) => region === context.region);
    if (here.length >= MAX_ADDRESSES) {
      throw new AwsError('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
    }
    const address: AddressRecord = {
      allocationId: newId(ELASTIC_IP, context),
      publicIp: newPublicAddress(ec2),
      region: context.region,
      association: undefined,
    };
    ec2.addresses.set(address.allocationId, address);
    putTags(ec2, address.allocationId, tags);
    return {
      AllocationId: address.allocationId,
      PublicIp: address.publicIp,
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: context.region,
      Domain: 'vpc',
    };
  },
});

/** Of one region, as new accounts have it. */
const MAX_ADDRESSES = 5;
