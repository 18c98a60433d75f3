import type { Execution } from './execution.ts';
import { executionScope, resolveTokens } from './tokens.ts';

/** What a runbook's variables hold at first; a default can use parameters. A variable without one holds nothing. */
export function initialVariables(execution: Execution): Map<string, unknown> {
  const scope = executionScope(execution, execution.startTime);
  const values = new Map<string, unknown>();
  for (const { name, default: value } of execution.runbook.variables.values()) {
    if (value !== undefined) values.set(name, resolveTokens(value, scope));
  }
  return values;
}
