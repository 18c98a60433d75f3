import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { text } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { paginate } from '../pagination.ts';
import type { ConfigRuleRecord } from './state.ts';

const MAX_NAMES = 25;
const PAGE = 25;

export const ruleName = text
  .min(1)
  .max(128)
  .regex(/\S/, 'The name of a rule has a character that is no space.');
export const ruleNames = z.array(ruleName).max(MAX_NAMES, `At most ${MAX_NAMES} rules can be named.`);

/** @throws AwsError NoSuchConfigRuleException */
export function requireRule(name: string, { state }: MemoryContext): ConfigRuleRecord {
  const rule = state.config.rules.get(name);
  if (rule) return rule;
  throw new AwsError(
    'NoSuchConfigRuleException',
    `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name`,
  );
}

export function ruleArn({ ruleId, region }: ConfigRuleRecord, accountId: string): string {
  return `arn:aws:config:${region}:${accountId}:config-rule/${ruleId}`;
}

/** `{ ConfigRuleName, ConfigRuleArn, ConfigRuleId }` */
export function identityOf(rule: ConfigRuleRecord, accountId: string): JsonObject {
  return { ConfigRuleName: rule.name, ConfigRuleArn: ruleArn(rule, accountId), ConfigRuleId: rule.ruleId };
}

/**
 * The rules of those names, all where none is named, one page of them.
 * @throws AwsError NoSuchConfigRuleException, InvalidNextTokenException
 */
export function listRules(
  request: {
    names: readonly string[] | undefined;
    nextToken: string | undefined;
    limit?: number | undefined;
  },
  context: MemoryContext,
): { readonly rules: readonly ConfigRuleRecord[]; readonly next: JsonObject } {
  const { names = [], nextToken, limit = PAGE } = request;
  const all =
    names.length > 0
      ? names.map((name) => requireRule(name, context))
      : [...context.state.config.rules.values()];
  const page = paginate(all, { maxResults: limit, nextToken, invalidTokenCode: 'InvalidNextTokenException' });
  return { rules: page.items, next: page.nextToken === undefined ? {} : { NextToken: page.nextToken } };
}
