import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { authorize } from '../authorize.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { flatPermission, ingressPermissions } from '../flat-permissions.ts';
import { ipPermission } from '../permissions.ts';
import { requireGroup } from '../security-groups.ts';
import { tagSpecifications } from '../tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html */
export const authorizeSecurityGroupIngress = ec2Operation({
  input: {
    GroupId: text.optional(),
    GroupName: text.optional(),
    IpPermissions: z.array(ipPermission).optional(),
    ...flatPermission,
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) => {
    const group = requireGroup(input, context);
    const permissions = ingressPermissions(input);
    if (permissions.length === 0) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter ipPermissions');
    }
    return authorize(
      { permissions, tagSpecifications: input.TagSpecifications },
      { group, isEgress: false },
      context,
    );
  },
});
