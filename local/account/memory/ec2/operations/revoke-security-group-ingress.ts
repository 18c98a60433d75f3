import { z } from 'zod';
import { text, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { flatPermission, ingressPermissions } from '../flat-permissions.ts';
import { ipPermission } from '../permissions.ts';
import { revoke } from '../revoke.ts';
import { requireGroup } from '../security-groups.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html */
export const revokeSecurityGroupIngress = ec2Operation({
  input: {
    GroupId: text.optional(),
    GroupName: text.optional(),
    IpPermissions: z.array(ipPermission).optional(),
    ...flatPermission,
    SecurityGroupRuleIds: texts.default([]),
  },
  run: (input, context) =>
    revoke(
      { permissions: ingressPermissions(input), ruleIds: input.SecurityGroupRuleIds },
      { group: requireGroup(input, context), isEgress: false },
      context,
    ),
});
