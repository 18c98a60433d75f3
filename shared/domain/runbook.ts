import { RemediatorError } from './errors.ts';
import type { RunbookParameters } from './template.ts';

/** What DescribeDocument tells of a runbook. */
export interface Runbook {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly required: boolean }[];
}

/**
 * Holds filled-in parameters against those that the runbook takes.
 * @throws RemediatorError RUNBOOK_PARAMETER_UNKNOWN, RUNBOOK_PARAMETER_MISSING
 */
export function checkParameters(runbook: Runbook, parameters: RunbookParameters): void {
  const known = runbook.parameters.map(({ name }) => name);
  const unknown = Object.keys(parameters).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const near = known.find((name) => unknown.some((other) => name.toLowerCase() === other.toLowerCase()));
    throw new RemediatorError(
      'RUNBOOK_PARAMETER_UNKNOWN',
      `The runbook ${runbook.name} has no parameter ${unknown.join(', ')}${near ? ` (did you mean ${near}?)` : ''}; it takes ${known.join(', ') || 'none'}.`,
    );
  }
  const missing = runbook.parameters
    .filter(({ name, required }) => required && !Object.hasOwn(parameters, name))
    .map(({ name }) => name);
  if (missing.length > 0) {
    throw new RemediatorError(
      'RUNBOOK_PARAMETER_MISSING',
      `The runbook ${runbook.name} demands the parameter ${missing.join(', ')}.`,
    );
  }
}
