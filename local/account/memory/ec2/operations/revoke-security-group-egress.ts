import { z } from 'zod';
import { text, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { ipPermission } from '../permissions.ts';
import { revoke } from '../revoke.ts';
import { requireGroup } from '../security-groups.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupEgress.html */
export const revokeSecurityGroupEgress = ec2Operation({
  input: {
    GroupId: text,
    IpPermissions: z.array(ipPermission).default([]),
    SecurityGroupRuleIds: texts.default([]),
  },
  run: (input, context) =>
    revoke(
      { permissions: input.IpPermissions, ruleIds: input.SecurityGroupRuleIds },
      { group: requireGroup(input, context), isEgress: true },
      context,
    ),
});
