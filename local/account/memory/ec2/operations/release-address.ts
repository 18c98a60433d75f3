import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { requireAddress } from '../addresses.ts';
import { ec2Operation } from '../ec2-operation.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html */
export const releaseAddress = ec2Operation({
  input: { AllocationId: text.optional(), PublicIp: text.optional(), NetworkBorderGroup: text.optional() },
  run: (input, { state: { ec2 } }) => {
    const address = requireAddress(input, ec2);
    if (address.association) {
      throw new AwsError('InvalidIPAddress.InUse', `Address ${address.publicIp} is in use.`);
    }
    ec2.addresses.delete(address.allocationId);
    ec2.tags.delete(address.allocationId);
    return {};
  },
});
