import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { requireAddress } from '../addresses.ts';
import { ec2Operation } from '../ec2-operation.ts';

/**
 * The address that came with running, where there was one, is seen again.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html
 */
export const disassociateAddress = ec2Operation({
  input: { AssociationId: text.optional(), PublicIp: text.optional() },
  run: ({ AssociationId, PublicIp }, { state: { ec2 } }) => {
    if (AssociationId === undefined) {
      requireAddress({ PublicIp }, ec2).association = undefined;
      return {};
    }
    const address = [...ec2.addresses.values()].find(
      ({ association }) => association?.associationId === AssociationId,
    );
    if (address === undefined) {
      throw new AwsError(
        'InvalidAssociationID.NotFound',
        `The association ID '${AssociationId}' does not exist`,
      );
    }
    address.association = undefined;
    return {};
  },
});
