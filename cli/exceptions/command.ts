import type { Command } from 'commander';
import { addConnection, addJson } from '../connection-options.ts';
import { addManual, DONE, type Manual } from '../manual.ts';

const load = () => import('./run.ts');

/** Adds exceptions add, list and remove. */
export function addExceptions(program: Command): void {
  const exceptions = program
    .command('exceptions')
    .summary('leave resources as they are for a time, since somebody answers for it')
    .description('Resources that are left as they are, for a time, since somebody answers for it.');

  const add = exceptions
    .command('add')
    .summary('except a resource, or all that a pattern finds, from a check or from all')
    .description(
      'Adds an exception, or changes the one of the same resource and check. Shows what changes, and asks.\nA resource is written as findings name it: its ARN or ID, to the letter (remediator findings list). An exception holds within ten seconds, and ends by itself.',
    )
    .option('--resource <resource>', 'the resource')
    .option('--pattern <RE2>', 'or a pattern, searched in resources as findings name them')
    .requiredOption('--check <name>', "the check's name; '*' for all checks (required)")
    .requiredOption('--owner <who>', 'who answers for it (required)')
    .requiredOption('--reason <text>', 'why (required)')
    .option('--until <time>', 'when it ends: 2026-12-31, or 2026-12-31T18:00:00Z')
    .option('--for <time>', 'or how long it holds: 90m, 12h, 30d, 8w')
    .option('--yes', 'do not ask');
  finish(add, {
    json: `{exception: {resource, checkName, owner, reason, expiresAt}, before, next}
before is what it takes the place of, or null`,
    examples: [
      "remediator exceptions add --resource arn:aws:ec2:us-east-1:111122223333:security-group/sg-0a1b2c3d4e5f67890 --check '*' --owner alice --reason 'migration, ticket 4711' --for 30d",
      "remediator exceptions add --pattern '^arn:aws:s3:::public-' --check s3-bucket-public-read-prohibited --owner web --reason 'public by intent' --until 2026-12-31",
    ],
  }).action(async (options) => (await load()).runAdd(options));

  const list = exceptions
    .command('list')
    .summary('list exceptions')
    .description('Lists exceptions, those that end first at the top.')
    .option('--check <text>', 'only those whose check has this text in it')
    .option('--resource <text>', 'only those whose resource or pattern has this text in it');
  finish(list, {
    exitCodes: DONE,
    json: `{exceptions: [{resource, checkName, owner, reason, expiresAt?, until?,
  ended}]}: expiresAt in seconds since 1970, until in ISO 8601`,
    examples: ['remediator exceptions list', 'remediator exceptions list --resource sg-0a1b --json'],
  }).action(async (options) => (await load()).runList(options));

  const remove = exceptions
    .command('remove')
    .summary('end an exception now')
    .description('Removes an exception. Shows it, and asks.')
    .option('--resource <resource>', 'the resource')
    .option('--pattern <RE2>', 'or the pattern')
    .requiredOption('--check <name>', "the check's name; '*' for all checks (required)")
    .option('--yes', 'do not ask');
  finish(remove, {
    json: '{removed: {resource, checkName, owner, reason, expiresAt?}, next}',
    examples: ["remediator exceptions remove --pattern 'sg-0a1b' --check '*'"],
  }).action(async (options) => (await load()).runRemove(options));
}

function finish(command: Command, manual: Manual): Command {
  addManual(addJson(command), manual);
  return addConnection(command, ['remediationExceptionTable']);
}
