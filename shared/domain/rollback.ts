import type { TrackedFinding } from './finding.ts';
import { matchResource } from './match.ts';
import type { Remediation } from './remediation.ts';
import { fillTemplate, type RunbookParameters } from './template.ts';

interface Done {
  readonly finding: TrackedFinding;
  readonly remediation: Remediation;
  /** `Step.Name` and its values. */
  readonly outputs: Readonly<Record<string, readonly string[]>>;
}

/**
 * Fills in rollbackParameters: what automationParameters knows, and `$outputs.Step.Name` of the execution.
 * @throws RemediatorError as fillTemplate does
 */
export function fillRollback(template: string, { finding, remediation, outputs }: Done): RunbookParameters {
  const pattern = remediation.policy?.rollback?.regexPattern ?? '.*';
  return fillTemplate(template, finding, { ...matchResource(pattern, finding.resource), outputs });
}
