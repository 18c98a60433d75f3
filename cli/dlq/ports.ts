import type { PendingRecord } from '../../local/functions/stream-record.ts';

/** A message as SQS gives it. */
export interface RawMessage {
  readonly id: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly sentAt: Date;
  /** Those that are texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** SQS, as far as failure queues go. */
export interface Queues {
  /** @returns undefined: there is no such queue */
  urlOf(name: string): Promise<string | undefined>;
  /** About how many messages can be received, and how many somebody holds. */
  count(url: string): Promise<{ readonly waiting: number; readonly held: number }>;
  /** Up to ten, hidden from others for a time. */
  receive(url: string, most: number, hiddenSeconds: number): Promise<readonly RawMessage[]>;
  delete(url: string, receiptHandle: string): Promise<void>;
  /** Lets others receive it again. */
  release(url: string, receiptHandle: string): Promise<void>;
}

/** What a function said that was waited for. */
export interface Answer {
  /** What its own error says. */
  readonly error?: string;
  readonly payload: unknown;
}

/** Lambda. A function that cannot take the event for good is a Refusal; anything else that fails is thrown. */
export interface Functions {
  /** Hands over an event: Lambda's retries and the failure queue are behind it. */
  invokeLater(functionName: string, event: unknown): Promise<void>;
  invoke(functionName: string, event: unknown): Promise<Answer>;
}

/** It was not taken, and will not be if it is tried again: the message stays where it is. */
export class Refusal extends Error {}

/** Where in a stream a batch stands. */
export interface Position {
  readonly streamArn: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
  /** ISO 8601. */
  readonly lastArrival: string | undefined;
}

/** DynamoDB Streams. */
export interface Streams {
  /** All records of a part of a stream. @throws Refusal where the stream does not have them any more */
  read(position: Position): Promise<readonly PendingRecord[]>;
}
