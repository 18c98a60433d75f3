import type { Command } from 'commander';
import { addConnection, addJson, EXIT_CODES } from '../connection-options.ts';

const load = () => import('./run.ts');

/** Adds exceptions add, list and remove. */
export function addExceptions(program: Command): void {
  const exceptions = program
    .command('exceptions')
    .description('resources that are left as they are, for a time, since somebody answers for it');

  const add = exceptions
    .command('add')
    .summary('except a resource, or all that a pattern finds, from a check or from all')
    .description(
      'Adds an exception, or changes the one of the same resource and check. Shows what changes, and asks.\nA resource is written as findings name it: its ARN or ID, to the letter (remediator findings list).',
    )
    .option('--resource <resource>', 'the resource')
    .option('--pattern <RE2>', 'or a pattern, searched in resources')
    .requiredOption('--check <name>', "the check's name; '*' for all checks")
    .requiredOption('--owner <who>', 'who answers for it')
    .requiredOption('--reason <text>', 'why')
    .option('--until <time>', 'when it ends: 2026-12-31, or 2026-12-31T18:00:00Z')
    .option('--for <time>', 'or how long it holds: 90m, 12h, 30d, 8w')
    .option('--yes', 'do not ask');
  finish(add).action(async (options) => (await load()).runAdd(options));

  const list = exceptions
    .command('list')
    .summary('list exceptions')
    .description('Lists exceptions, those that end first at the top.')
    .option('--check <text>', 'only those whose check has this text in it')
    .option('--resource <text>', 'only those whose resource or pattern has this text in it');
  finish(list).action(async (options) => (await load()).runList(options));

  const remove = exceptions
    .command('remove')
    .summary('end an exception now')
    .description('Removes an exception. Shows it, and asks.')
    .option('--resource <resource>', 'the resource')
    .option('--pattern <RE2>', 'or the pattern')
    .requiredOption('--check <name>', "the check's name; '*' for all checks")
    .option('--yes', 'do not ask');
  finish(remove).action(async (options) => (await load()).runRemove(options));
}

function finish(command: Command): Command {
  addJson(command).addHelpText('after', EXIT_CODES);
  return addConnection(command, ['remediationExceptionTable']);
}
