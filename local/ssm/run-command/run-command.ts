import type { Operation } from '../../service.ts';
import { CommandStore } from './command-store.ts';
import type { RunCommandDeps, RunCommandOptions } from './deps.ts';
import { cancelCommand } from './operations/cancel-command.ts';
import { getCommandInvocation } from './operations/get-command-invocation.ts';
import { listCommandInvocations } from './operations/list-command-invocations.ts';
import { listCommands } from './operations/list-commands.ts';
import { sendCommand } from './operations/send-command.ts';

export interface RunCommand {
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Run Command that records: it runs nothing on any instance, and keeps what it was told and what came of it. */
export function createRunCommand(options: RunCommandOptions): RunCommand {
  const deps: RunCommandDeps = { ...options, store: new CommandStore() };
  return {
    operations: {
      SendCommand: (input, context) => sendCommand(deps, input, context),
      ListCommands: (input) => listCommands(deps, input),
      ListCommandInvocations: (input) => listCommandInvocations(deps, input),
      GetCommandInvocation: (input) => getCommandInvocation(deps, input),
      CancelCommand: (input) => cancelCommand(deps, input),
    },
  };
}
