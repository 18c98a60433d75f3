/**
 * What may happen by itself, the boldest first.
 * - automatic: the runbook starts.
 * - approval: the runbook starts when a person has said yes to its exact parameters.
 * - dryRun: everything is decided and written down, and nothing starts.
 * - notify: an OpsItem tells people.
 * - off: nothing; the reason is kept.
 */
export const EXECUTION_MODES = ['automatic', 'approval', 'dryRun', 'notify', 'off'] as const;

export type ExecutionMode = (typeof EXECUTION_MODES)[number];

/** The safer of two modes: a setting that covers more never loosens one that covers less. */
export function saferOf(a: ExecutionMode, b: ExecutionMode): ExecutionMode {
  return EXECUTION_MODES.indexOf(a) >= EXECUTION_MODES.indexOf(b) ? a : b;
}

/** The mode of that name; undefined where there is none. */
export function executionModeOf(text: string): ExecutionMode | undefined {
  return EXECUTION_MODES.find((mode) => mode === text);
}
