import type { CliError } from './cli-error.ts';

/**
 * With `--json` a refusal is a result, too (exit code 1): `{"refused": {"code", "message"}}`, unless the command has
 * printed its own.
 */
export async function tellRefusal({ code, message, exitCode }: CliError): Promise<void> {
  if (exitCode !== 1) return;
  const { hasPrinted, openUi, printJson } = await import('./ui.ts');
  if (!hasPrinted()) printJson(openUi(), { refused: { code, message } });
}
