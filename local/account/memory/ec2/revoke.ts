import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { viewPermissions } from './permission-view.ts';
import { type IpPermission, toRuleSpecs } from './permissions.ts';
import { assertWellFormed, SECURITY_GROUP_RULE } from './resource-ids.ts';
import { type RuleSide, removeRules, rulesOf, sameRule, viewRevokedRule } from './rules.ts';
import type { RuleRecord } from './state.ts';

export interface RevokeRequest {
  readonly permissions: readonly IpPermission[];
  readonly ruleIds: readonly string[];
}

/**
 * Removes rules from one side of a group, by what they say or by ID.
 * Rules that are not there: in the default VPC they are told in `UnknownIpPermissions`, elsewhere nothing is revoked.
 * @throws AwsError InvalidPermission.NotFound, InvalidSecurityGroupRuleId.NotFound, MissingParameter
 */
export function revoke(request: RevokeRequest, side: RuleSide, context: MemoryContext): JsonObject {
  const { ec2 } = context.state;
  if (request.permissions.length === 0 && request.ruleIds.length === 0) {
    throw new AwsError(
      'MissingParameter',
      "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.",
    );
  }
  if (request.permissions.length > 0 && request.ruleIds.length > 0) {
    throw new AwsError(
      'InvalidParameterCombination',
      "The parameters 'ipPermissions' and 'securityGroupRuleIds' may not be used together.",
    );
  }
  const existing = rulesOf(side.group.groupId, side.isEgress, ec2);
  const specs = toRuleSpecs(request.permissions, side.group, context);
  const unknown = specs.filter((spec) => !existing.some((rule) => sameRule(rule, spec)));
  if (unknown.length > 0 && !ec2.vpcs.get(side.group.vpcId)?.isDefault) {
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  }
  const revoked = [
    ...existing.filter((rule) => specs.some((spec) => sameRule(rule, spec))),
    ...rulesById(request.ruleIds, existing),
  ];
  removeRules(revoked, ec2);
  return {
    Return: true,
    RevokedSecurityGroupRules: revoked.map(viewRevokedRule),
    UnknownIpPermissions: viewPermissions(unknown),
  };
}

function rulesById(ids: readonly string[], existing: readonly RuleRecord[]): RuleRecord[] {
  return [...new Set(ids)].map((id) => {
    assertWellFormed(SECURITY_GROUP_RULE, id);
    const rule = existing.find(({ ruleId }) => ruleId === id);
    if (rule) return rule;
    throw new AwsError(SECURITY_GROUP_RULE.notFound, SECURITY_GROUP_RULE.describe(id));
  });
}
