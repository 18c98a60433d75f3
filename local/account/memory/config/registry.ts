import type { MemoryOperation } from '../operation.ts';
import { batchGetResourceConfig } from './operations/batch-get-resource-config.ts';
import { deleteConfigRule } from './operations/delete-config-rule.ts';
import { describeConfigRuleEvaluationStatus } from './operations/describe-config-rule-evaluation-status.ts';
import { describeConfigRules } from './operations/describe-config-rules.ts';
import { putConfigRule } from './operations/put-config-rule.ts';
import { startConfigRulesEvaluation } from './operations/start-config-rules-evaluation.ts';

/** What the in-memory account knows of AWS Config. https://docs.aws.amazon.com/config/latest/APIReference/ */
export const configOperations = {
  'config.BatchGetResourceConfig': batchGetResourceConfig,
  'config.DeleteConfigRule': deleteConfigRule,
  'config.DescribeConfigRuleEvaluationStatus': describeConfigRuleEvaluationStatus,
  'config.DescribeConfigRules': describeConfigRules,
  'config.PutConfigRule': putConfigRule,
  'config.StartConfigRulesEvaluation': startConfigRulesEvaluation,
} as const satisfies Readonly<Record<`config.${string}`, MemoryOperation>>;
