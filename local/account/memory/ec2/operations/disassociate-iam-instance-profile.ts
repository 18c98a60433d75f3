import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireAssociation, viewProfileAssociation } from '../profile-associations.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateIamInstanceProfile.html */
export const disassociateIamInstanceProfile = ec2Operation({
  input: { AssociationId: text },
  run: ({ AssociationId }, { state: { ec2 } }) => {
    const association = requireAssociation(AssociationId, ec2);
    ec2.profileAssociations.delete(AssociationId);
    return { IamInstanceProfileAssociation: viewProfileAssociation(association, 'disassociating') };
  },
});
