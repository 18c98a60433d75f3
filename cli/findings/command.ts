import type { Command } from 'commander';
import { addConnection, addJson, EXIT_CODES } from '../connection-options.ts';
import { addListOptions } from '../list-options.ts';

const load = () => import('./run.ts');

/** Adds findings list and show. */
export function addFindings(program: Command): void {
  const findings = program.command('findings').description('what sources have said of resources');

  const list = findings
    .command('list')
    .summary('list findings, each with what was last decided about it')
    .description(
      'Lists findings, each with the state of its newest attempt and the reason of that. They come in no order; those of one page, the newest first.',
    );
  addListOptions(list, ['Red', 'Yellow', 'Green']);
  finish(list).action(async (options) => (await load()).runList(options));

  const show = findings
    .command('show')
    .summary('show one finding, and every attempt at it')
    .description('Shows one finding with its details, and every attempt at it, with reasons and times.')
    .argument('<finding-id>', 'the ID, or the beginning of it');
  finish(show).action(async (id, options) => (await load()).runShow(id, options));
}

function finish(command: Command): Command {
  addJson(command).addHelpText('after', EXIT_CODES);
  return addConnection(command, ['checkTrackerTable', 'automationExecutionTrackerTable']);
}
