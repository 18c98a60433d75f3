import { z } from 'zod';
import { text } from '../../input.ts';
import { authorize } from '../authorize.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { ipPermission } from '../permissions.ts';
import { requireGroup } from '../security-groups.ts';
import { tagSpecifications } from '../tags.ts';

/**
 * The flat parameters are 'not supported' for egress, says the API reference: they are refused.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupEgress.html
 */
export const authorizeSecurityGroupEgress = ec2Operation({
  input: {
    GroupId: text,
    IpPermissions: z.array(ipPermission).min(1),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) =>
    authorize(
      { permissions: input.IpPermissions, tagSpecifications: input.TagSpecifications },
      { group: requireGroup(input, context), isEgress: true },
      context,
    ),
});
