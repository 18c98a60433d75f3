import pc from 'picocolors';
import type { LogLine } from './cloud.ts';

/** A JSON line of the Powertools logger, as far as a person reads it. */
interface LoggedLine {
  readonly level?: string;
  readonly message?: string;
  readonly error?: LoggedError;
  readonly [key: string]: unknown;
}

interface LoggedError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
}

/** What each function did, in a few words, by the message of its line. */
const DEEDS: Readonly<Record<string, (line: LoggedLine) => string | undefined>> = {
  Tracked: ({ outcome, status, checkName, resource }) =>
    outcome === 'written' ? `${status}: ${checkName}: ${resource}` : `older than what is known: ${resource}`,
  Decided: ({ action, reason }) => `decided to ${action}: ${(reason as { sentence?: string }).sentence}`,
  Started: ({ automationExecutionId, opsItemId }) => `started ${automationExecutionId}, OpsItem ${opsItemId}`,
  'Execution event': ({ outcome, status, automationExecutionId }) =>
    outcome === 'not ours' || outcome === 'unchanged'
      ? undefined
      : `${automationExecutionId} ended with ${status}: OpsItem ${outcome}`,
};

/**
 * A function's log line as a person likes to read it.
 * @returns undefined for what only matters with `--verbose`: other info, and metrics
 */
export function readableLine({ from, line }: LogLine, verbose: boolean): string | undefined {
  const logged = parse(line);
  if (logged === undefined) return `${pc.dim(`[${from}]`)} ${line}`;
  const serious = logged.level === 'ERROR' || logged.level === 'WARN' || logged.level === 'CRITICAL';
  if (!serious) {
    const text = verbose ? line : DEEDS[logged.message ?? '']?.(logged);
    return text && `${pc.dim(`[${from}]`)} ${text}`;
  }
  const { error } = logged;
  const what = error ? `${error.code ?? error.name}: ${error.message}` : '';
  const remedy = error?.remedy ? ` ${pc.dim(error.remedy)}` : '';
  return `${pc.dim(`[${from}]`)} ${pc.red(logged.level ?? '')} ${logged.message}. ${what}${remedy}`;
}

function parse(line: string): LoggedLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LoggedLine;
  } catch {
    // Not one of the logger's lines: it is shown as it is.
    return undefined;
  }
}
