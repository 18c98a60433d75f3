import { type Command, InvalidArgumentError } from 'commander';
import type { Connection } from '../connection-options.ts';

/** Which deployment of serverless.yml is meant. */
export interface StackOptions extends Pick<Connection, 'profile' | 'region' | 'endpointUrl'> {
  readonly service: string;
  readonly stage: string;
}

/** Adds `--stage` and `--service`, which the names of queues and functions begin with. */
export function addStack(command: Command): Command {
  return command
    .option('--stage <name>', 'stage that was deployed', nameOf, 'prod')
    .option('--service <name>', 'service that was deployed', nameOf, 'remediator');
}

function nameOf(text: string): string {
  if (/^[a-zA-Z][a-zA-Z0-9-]{0,40}$/.test(text)) return text;
  throw new InvalidArgumentError('It must have letters, digits and hyphens, and begin with a letter.');
}
