import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { strictly } from '../local/command.ts';
import { addAnswers } from './answer/command.ts';
import { addBacktest } from './backtest/command.ts';
import { addCompletion } from './completion/command.ts';
import { addDlq } from './dlq/command.ts';
import { addDoctor } from './doctor/command.ts';
import { addExceptions } from './exceptions/command.ts';
import { addExecutions } from './executions/command.ts';
import { addExplain } from './explain/command.ts';
import { addFindings } from './findings/command.ts';
import { addMappingCommands } from './mappings/commands.ts';
import { addOpsItems } from './ops-items/command.ts';
import { addPause } from './pause/command.ts';
import { addRunbook } from './runbook/command.ts';

/**
 * All commands, as `remediator` has them. What a command needs is loaded when it runs.
 * Parsing throws CommanderError where commander would end the process: help and the version (exit code 0), wrong usage.
 */
export function createProgram(): Command {
  const program = strictly(new Command('remediator'))
    .description(
      'Answers OpsItems, shows and explains what Remediator does, puts its mappings in place, pauses it; and tries Automation runbooks before they touch production.',
    )
    .version(version(), '--version', 'print the version')
    .exitOverride();
  program.commandsGroup('Decide:');
  addAnswers(program);
  program.commandsGroup('Look:');
  addFindings(program);
  addExecutions(program);
  addOpsItems(program);
  addExplain(program);
  program.commandsGroup('Mappings:');
  addMappingCommands(program);
  addBacktest(program);
  program.commandsGroup('Runbooks:');
  addRunbook(program);
  program.commandsGroup('Operate:');
  addPause(program);
  addExceptions(program);
  addDlq(program);
  addDoctor(program);
  addCompletion(program);
  program.helpCommand('help [command]', 'show the help of a command');
  return program;
}

function version(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version: string }).version);
}
