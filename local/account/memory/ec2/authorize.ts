import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { type IpPermission, toRuleSpecs } from './permissions.ts';
import { SECURITY_GROUP_RULE } from './resource-ids.ts';
import { addRules, assertAddable, type RuleSide, rulesOf, viewRule } from './rules.ts';
import { putTags, specifiedTags, type TagSpecifications } from './tags.ts';

/** Adds all rules of a request to one side of a group, or none. */
export function authorize(
  request: { permissions: readonly IpPermission[]; tagSpecifications: TagSpecifications | undefined },
  side: RuleSide,
  context: MemoryContext,
): JsonObject {
  const { ec2 } = context.state;
  const specs = toRuleSpecs(request.permissions, side.group, context);
  assertAddable(specs, rulesOf(side.group.groupId, side.isEgress, ec2));
  const tags = specifiedTags(request.tagSpecifications, SECURITY_GROUP_RULE.resourceType);
  const rules = addRules(specs, side, context);
  for (const { ruleId } of rules) putTags(ec2, ruleId, tags);
  return { Return: true, SecurityGroupRules: rules.map((rule) => viewRule(rule, context)) };
}
