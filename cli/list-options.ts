import { type Command, InvalidArgumentError, Option } from 'commander';

/** What every list takes. */
export interface ListOptions {
  readonly check?: string;
  readonly state?: string;
  readonly resource?: string;
  readonly limit: number;
  readonly startingToken?: string;
  readonly json?: true;
}

const MOST = 1000;

/** Adds the filters of a list, and `--limit` and `--starting-token` as the AWS CLI has them. */
export function addListOptions(command: Command, states: readonly string[]): Command {
  // The choices are for help and completion; how they are read is ours, upper or lower case.
  const state = new Option('--state <state>', 'only those in this state');
  return command
    .option('--check <text>', 'only those whose check has this text in it')
    .option('--resource <text>', 'only those whose resource has this text in it')
    .addOption(state.choices(states).argParser(stateOf(states)))
    .option('--limit <number>', `how many at most, up to ${MOST}`, limitOf, 50)
    .option('--starting-token <token>', 'go on where a list before stopped');
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (/^\d{1,4}$/.test(text) && limit >= 1 && limit <= MOST) return limit;
  throw new InvalidArgumentError(`It must be a number from 1 to ${MOST}.`);
}

function stateOf(states: readonly string[]): (text: string) => string {
  return (text) => {
    const found = states.find((state) => state.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`It must be one of ${states.join(', ')}.`);
  };
}
