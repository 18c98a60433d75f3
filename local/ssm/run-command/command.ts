import type { JsonObject } from '../../service.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html */
export type CommandStatus =
  | 'Pending'
  | 'InProgress'
  | 'Success'
  | 'Cancelled'
  | 'Failed'
  | 'TimedOut'
  | 'Cancelling';

/** A command as it was sent. */
export interface SentCommand {
  readonly id: string;
  readonly documentName: string;
  readonly documentVersion: string;
  readonly comment: string;
  /** Lists of strings by name. */
  readonly parameters: JsonObject;
  /** As given; with targets, none. */
  readonly instanceIds: readonly string[];
  readonly targets: readonly JsonObject[];
  readonly requestedAt: Date;
  /** Seconds within which it has to be delivered. */
  readonly timeoutSeconds: number;
  /** Members that are shown as they were given, such as `OutputS3BucketName`. */
  readonly settings: JsonObject;
}

/** What a command did on one instance. */
export interface CommandOutcome {
  /** @default Success with the response code 0, else Failed */
  readonly status?: 'Success' | 'Failed' | 'TimedOut' | 'Cancelled';
  /** @default 0 */
  readonly responseCode?: number;
  /** What it wrote to standard output. @default nothing */
  readonly output?: string;
  /** What it wrote to standard error. @default nothing */
  readonly error?: string;
}

/** A command on one instance. */
export interface Invocation {
  readonly instanceId: string;
  status: CommandStatus;
  responseCode: number;
  output: string;
  error: string;
  endedAt?: Date;
}

export interface Command extends SentCommand {
  readonly invocations: readonly Invocation[];
}

export function hasEnded({ status }: Invocation): boolean {
  return !['Pending', 'InProgress', 'Cancelling'].includes(status);
}

/** The worst of what its invocations have come to; in progress until all of them have ended. */
export function statusOf({ invocations }: Command): CommandStatus {
  const statuses = invocations.map(({ status }) => status);
  if (!invocations.every(hasEnded)) {
    return statuses.every((status) => status === 'Pending') ? 'Pending' : 'InProgress';
  }
  const bad = (['Failed', 'TimedOut', 'Cancelled'] as const).find((status) => statuses.includes(status));
  return bad ?? 'Success';
}
