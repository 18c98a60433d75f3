import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';
import {
  associateProfile,
  associationOf,
  profileSpecification,
  resolveProfile,
  viewProfileAssociation,
} from '../profile-associations.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html */
export const associateIamInstanceProfile = ec2Operation({
  input: { InstanceId: text, IamInstanceProfile: profileSpecification },
  run: ({ InstanceId, IamInstanceProfile }, context) => {
    const [instance] = requireInstances([InstanceId], context);
    if (instance?.state === 'terminated') {
      throw new AwsError('IncorrectInstanceState', `The instance '${InstanceId}' is not running or stopped.`);
    }
    const profile = resolveProfile(IamInstanceProfile, context);
    if (associationOf(InstanceId, context.state.ec2)) {
      throw new AwsError('IncorrectState', `There is an existing association for instance ${InstanceId}`);
    }
    const association = associateProfile(InstanceId, profile, context);
    return { IamInstanceProfileAssociation: viewProfileAssociation(association, 'associating') };
  },
});
