import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import {
  associateProfile,
  profileSpecification,
  requireAssociation,
  resolveProfile,
  viewProfileAssociation,
} from '../profile-associations.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceIamInstanceProfileAssociation.html */
export const replaceIamInstanceProfileAssociation = ec2Operation({
  input: { AssociationId: text, IamInstanceProfile: profileSpecification },
  run: ({ AssociationId, IamInstanceProfile }, context) => {
    const { ec2 } = context.state;
    const { instanceId } = requireAssociation(AssociationId, ec2);
    const profile = resolveProfile(IamInstanceProfile, context);
    ec2.profileAssociations.delete(AssociationId);
    const association = associateProfile(instanceId, profile, context);
    return { IamInstanceProfileAssociation: viewProfileAssociation(association, 'associating') };
  },
});
