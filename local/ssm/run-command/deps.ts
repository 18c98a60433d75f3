import type { Account } from '../../account/account.ts';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { CommandOutcome, SentCommand } from './command.ts';
import type { CommandStore } from './command-store.ts';

export interface RunCommandOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where the instances are. */
  readonly account: Account;
  /** Whether commands reach an instance. @default it runs in the account's EC2 */
  readonly isManaged?: (instanceId: string, region: string) => boolean | Promise<boolean>;
  /**
   * What a command does on an instance; an error is a failed command with its message. No command runs anything here.
   * @default it succeeds at once
   */
  readonly respond?: (command: SentCommand, instanceId: string) => CommandOutcome | Promise<CommandOutcome>;
}

export interface RunCommandDeps extends RunCommandOptions {
  readonly store: CommandStore;
}
