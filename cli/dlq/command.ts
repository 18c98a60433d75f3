import { type Command, InvalidArgumentError } from 'commander';
import { CliError } from '../cli-error.ts';
import { addConnection, addJson } from '../connection-options.ts';
import { addManual, DONE, type Manual } from '../manual.ts';
import { addStack, type StackOptions } from '../stack/options.ts';
import type { ListOptions } from './list.ts';
import type { RedriveOptions } from './redrive.ts';

const load = () => import('./run.ts');

/** Adds dlq list and redrive. */
export function addDlq(program: Command): void {
  const dlq = program
    .command('dlq')
    .summary('list what is in failure queues, and give it back')
    .description('Failure queues: what could not be handled, and its way back.');

  const list = dlq
    .command('list')
    .summary('list failure queues, and why each message failed')
    .description(
      'Lists the failure queues of the stack (or those named), and looks at their messages: none is taken out.',
    )
    .argument('[queue...]', "a queue's name, with or without what all of the stack's begin with")
    .option('--limit <number>', 'how many messages of each to look at, up to 100', limitOf(100), 10);
  finish(list, {
    exitCodes: DONE,
    json: `{queues: [{queue, functions, messages, held, oldestSeenAt?, seen: [{messageId,
  sentAt, kind, function?, about?, why, body}]}], missing: [queue]}`,
    examples: ['remediator dlq list', 'remediator dlq list results-failure-queue --limit 50 --json'],
  }).action(async (names: string[], options: StackOptions & ListOptions) =>
    (await load()).runList(names, options),
  );

  const redrive = dlq
    .command('redrive')
    .summary('give messages back to where they came from')
    .description(
      'Gives each message back to its function, and deletes it when it has been taken. Events are handed over, so that what fails again comes back; records of a stream (which keeps them for 24 hours) are read there, and the function is waited for. What cannot be given back stays, and is named.',
    )
    .argument('[queue...]', "a queue's name, with or without what all of the stack's begin with")
    .option('--all', 'every failure queue of the stack')
    .option('--limit <number>', 'how many messages at most', limitOf(1_000_000))
    .option('--yes', 'do not ask');
  finish(redrive, {
    exitCodes: {
      0: 'all were given back, or there was nothing',
      1: 'some stay in their queues, as is said; or you said no',
      2: 'it could not be done: usage, queue, endpoint, credentials, permission',
      130: 'interrupted: what was not given back is in its queue as before',
    },
    json: '{redriven, kept: [{queue, messageId, why}]}',
    examples: [
      'remediator dlq redrive results-failure-queue',
      'remediator dlq redrive --all --limit 100 --yes',
    ],
  }).action(async (names: string[], options: StackOptions & RedriveOptions) => {
    if ((names.length === 0) === (options.all === undefined))
      throw new CliError('USAGE', 'redrive takes either queues, or --all');
    await (await load()).runRedrive(names, options);
  });
}

function finish(command: Command, manual: Manual): Command {
  addManual(addJson(addStack(command)), manual);
  return addConnection(command, []);
}

function limitOf(most: number): (text: string) => number {
  return (text) => {
    const limit = Number(text);
    if (/^\d{1,7}$/.test(text) && limit >= 1 && limit <= most) return limit;
    throw new InvalidArgumentError(`It must be a number from 1 to ${most}.`);
  };
}
