#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { exitWith, strictly } from '../local/command.ts';
import { addRunbook } from './runbook/command.ts';

const program = strictly(new Command('remediator'))
  .description('Tries Automation runbooks and checks them, before they touch production.')
  .version(version(), '--version', 'print the version')
  // Help and version are no mistakes; all other ends that commander asks for are.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
addRunbook(program);

try {
  await program.parseAsync();
} catch (error) {
  exitWith(error, 2);
}

function version(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version: string }).version);
}
