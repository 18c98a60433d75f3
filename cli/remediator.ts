#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before anything else is loaded: from the second time on a command starts in half the time. Not in the folder for
// everybody's temporary files, which is the default: what is cached is run.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'remediator'));
const { Command } = await import('commander');
const { exitWith, strictly } = await import('../local/command.ts');
const { addAnswers } = await import('./answer/command.ts');
const { addExceptions } = await import('./exceptions/command.ts');
const { addExecutions } = await import('./executions/command.ts');
const { addExplain } = await import('./explain/command.ts');
const { addFindings } = await import('./findings/command.ts');
const { addOpsItems } = await import('./ops-items/command.ts');
const { addPause } = await import('./pause/command.ts');
const { addRunbook } = await import('./runbook/command.ts');
const { addMappingCommands } = await import('./mappings/commands.ts');
const { CliError } = await import('./cli-error.ts');

const program = strictly(new Command('remediator'))
  .description(
    'Answers OpsItems, pauses, excepts, shows and explains what Remediator does; and tries Automation runbooks before they touch production.',
  )
  .version(version(), '--version', 'print the version')
  // Help and version are no mistakes; all other ends that commander asks for are.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
addAnswers(program);
addPause(program);
addExceptions(program);
addFindings(program);
addExecutions(program);
addOpsItems(program);
addExplain(program);
addRunbook(program);
addMappingCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  exitWith(error, error instanceof CliError ? error.exitCode : 2);
}

function version(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version: string }).version);
}
