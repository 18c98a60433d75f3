import { AwsError } from '../../aws-error.ts';
import type { Command, Invocation } from './command.ts';

/** Commands that are remembered; the oldest are forgotten first. */
const KEPT = 10_000;

export class CommandStore {
  readonly #commands = new Map<string, Command>();

  add(command: Command): void {
    this.#commands.set(command.id, command);
    const [oldest] = this.#commands.keys();
    if (this.#commands.size > KEPT && oldest !== undefined) this.#commands.delete(oldest);
  }

  /** The newest first. */
  list(): Command[] {
    return [...this.#commands.values()].reverse();
  }

  /** @throws AwsError InvalidCommandId */
  get(id: string): Command {
    const command = this.#commands.get(id);
    if (command === undefined) throw new AwsError('InvalidCommandId', `The command ID ${id} does not exist.`);
    return command;
  }

  /** @throws AwsError InvocationDoesNotExist */
  invocation(id: string, instanceId: string): { command: Command; invocation: Invocation } {
    const command = this.#commands.get(id);
    const invocation = command?.invocations.find((each) => each.instanceId === instanceId);
    if (command === undefined || invocation === undefined) {
      throw new AwsError(
        'InvocationDoesNotExist',
        `The command ${id} was not sent to the instance ${instanceId}.`,
      );
    }
    return { command, invocation };
  }
}
