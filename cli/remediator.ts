#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before anything else is loaded: from the second time on a command starts in half the time. Not in the folder for
// everybody's temporary files, which is the default: what is cached is run.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'remediator'));
const { CommanderError } = await import('commander');
const { exitWith } = await import('../local/command.ts');
const { CliError } = await import('./cli-error.ts');
const { tellRefusal } = await import('./tell-refusal.ts');
const { createProgram } = await import('./program.ts');

const program = createProgram();
let isForPrograms = false;
program.hook('preAction', (_, command) => {
  isForPrograms = command.opts<{ json?: true }>().json === true;
});
try {
  await program.parseAsync();
} catch (error) {
  // Commander has said it already. Help and version are no mistakes; all its other ends are.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  if (isForPrograms && error instanceof CliError) await tellRefusal(error);
  exitWith(error, error instanceof CliError ? error.exitCode : 2);
}
