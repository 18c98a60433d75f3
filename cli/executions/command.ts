import type { Command } from 'commander';
import { STATES } from '../../shared/domain/lifecycle.ts';
import { addConnection, addJson, EXIT_CODES } from '../connection-options.ts';
import { addListOptions } from '../list-options.ts';

const load = () => import('./run.ts');

/** Adds executions list and show. */
export function addExecutions(program: Command): void {
  const executions = program
    .command('executions')
    .description('what was done about findings, attempt by attempt, and why');

  const list = executions
    .command('list')
    .summary('list attempts, with the reason of each')
    .description(
      'Lists attempts, each with its reason. They come in no order; those of one page, the newest first.',
    );
  addListOptions(list, STATES);
  finish(list).action(async (options) => (await load()).runList(options));

  const show = executions
    .command('show')
    .summary('show attempts in full')
    .description('Shows every attempt that an ID names, with reasons, parameters and times.')
    .argument('<id>', "an automation execution's, an OpsItem's, or a finding's (or the beginning of it)");
  finish(show).action(async (id, options) => (await load()).runShow(id, options));
}

function finish(command: Command): Command {
  addJson(command).addHelpText('after', EXIT_CODES);
  return addConnection(command, ['automationExecutionTrackerTable']);
}
