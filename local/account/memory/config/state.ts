/** An AWS Config rule. Nothing is evaluated here: it is kept, and when its evaluation was started. */
export interface ConfigRuleRecord {
  readonly name: string;
  readonly ruleId: string;
  readonly region: string;
  readonly createdAt: Date;
  /** What PutConfigRule said of it, in the API's words. */
  definition: Readonly<Record<string, unknown>>;
  /** When StartConfigRulesEvaluation last started it. */
  evaluatedAt: Date | undefined;
}

/** AWS Config's part of the account. Its recorder is on from the start, and knows all that the account has. */
export interface ConfigState {
  readonly rules: Map<string, ConfigRuleRecord>;
  /** When StartConfigRulesEvaluation was last taken. */
  evaluationStartedAt: Date | undefined;
}

export function emptyConfigState(): ConfigState {
  return { rules: new Map(), evaluationStartedAt: undefined };
}
