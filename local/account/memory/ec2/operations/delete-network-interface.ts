import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { releaseAssociation } from '../addresses.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInterface } from '../interfaces.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html */
export const deleteNetworkInterface = ec2Operation({
  input: { NetworkInterfaceId: text },
  run: ({ NetworkInterfaceId }, { state: { ec2 } }) => {
    if (requireInterface(NetworkInterfaceId, ec2).attachment) {
      throw new AwsError(
        'InvalidParameterValue',
        `Network interface '${NetworkInterfaceId}' is currently in use.`,
      );
    }
    releaseAssociation(NetworkInterfaceId, ec2);
    ec2.interfaces.delete(NetworkInterfaceId);
    ec2.tags.delete(NetworkInterfaceId);
    return {};
  },
});
