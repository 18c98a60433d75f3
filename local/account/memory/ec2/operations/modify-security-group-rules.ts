import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { integer, text } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { cidrPeer, portsOf } from '../permissions.ts';
import { assertExists, SECURITY_GROUP, SECURITY_GROUP_RULE } from '../resource-ids.ts';
import { assertAddable, rulesOf } from '../rules.ts';
import { assertDescription, requireGroup } from '../security-groups.ts';
import type { RulePeer, RuleRecord } from '../state.ts';

const ruleRequest = z.strictObject({
  IpProtocol: text.optional(),
  FromPort: integer.optional(),
  ToPort: integer.optional(),
  CidrIpv4: text.optional(),
  CidrIpv6: text.optional(),
  PrefixListId: text.optional(),
  ReferencedGroupId: text.optional(),
  Description: text.optional(),
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html */
export const modifySecurityGroupRules = ec2Operation({
  input: {
    GroupId: text,
    SecurityGroupRules: z
      .array(z.strictObject({ SecurityGroupRuleId: text, SecurityGroupRule: ruleRequest }))
      .min(1),
  },
  run: ({ GroupId, SecurityGroupRules }, context) => {
    const { ec2 } = context.state;
    const { groupId } = requireGroup({ GroupId }, context);
    const changed = SecurityGroupRules.map(({ SecurityGroupRuleId: id, SecurityGroupRule: request }) => {
      assertExists(SECURITY_GROUP_RULE, id, ec2);
      const rule = ec2.rules.get(id);
      if (rule?.groupId !== groupId) {
        throw new AwsError(SECURITY_GROUP_RULE.notFound, SECURITY_GROUP_RULE.describe(id));
      }
      return modified(rule, request, context);
    });
    const ids = new Set(changed.map(({ ruleId }) => ruleId));
    for (const isEgress of [false, true]) {
      assertAddable(
        changed.filter((rule) => rule.isEgress === isEgress),
        rulesOf(groupId, isEgress, ec2).filter(({ ruleId }) => !ids.has(ruleId)),
      );
    }
    for (const rule of changed) ec2.rules.set(rule.ruleId, rule);
    return { Return: true };
  },
});

function modified(
  rule: RuleRecord,
  request: z.output<typeof ruleRequest>,
  context: MemoryContext,
): RuleRecord {
  const peer = peerOf(request, context);
  if (request.Description !== undefined) assertDescription('rule', request.Description);
  if (peer.kind !== rule.peer.kind) {
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid rule type for security group rule '${rule.ruleId}'. The kind of a rule's source or destination cannot be changed.`,
    );
  }
  return { ...rule, ...portsOf(request), peer, description: request.Description };
}

function peerOf(request: z.output<typeof ruleRequest>, context: MemoryContext): RulePeer {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId } = request;
  const given = [CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId].filter((value) => value !== undefined);
  if (given.length !== 1) {
    throw new AwsError(
      'InvalidParameterValue',
      'A rule names exactly one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId.',
    );
  }
  if (CidrIpv4 !== undefined) return cidrPeer('cidrIpv4', CidrIpv4);
  if (CidrIpv6 !== undefined) return cidrPeer('cidrIpv6', CidrIpv6);
  if (PrefixListId !== undefined) return { kind: 'prefixList', value: PrefixListId };
  const groupId = ReferencedGroupId ?? '';
  assertExists(SECURITY_GROUP, groupId, context.state.ec2);
  return { kind: 'group', value: groupId, userId: context.accountId };
}
