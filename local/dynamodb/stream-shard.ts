import {
  ExpiredIteratorException,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamsApi } from './streams-api.ts';

export type { StreamRecord };
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

interface ShardOptions {
  readonly streams: StreamsApi;
  readonly streamArn: string;
  readonly shardId: string;
  readonly startingPosition: StartingPosition;
}

/** One shard, read from its start (or from now) to its end. */
export class StreamShard {
  readonly shardId: string;
  readonly #options: ShardOptions;
  #position: StartingPosition;
  #iterator: string | undefined;
  #lastSequenceNumber: string | undefined;
  #hasEnded = false;

  constructor(options: ShardOptions) {
    this.shardId = options.shardId;
    this.#options = options;
    this.#position = options.startingPosition;
  }

  /** Whether the last read gave no iterator to go on with. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Fixes what LATEST means: records written after this are read. */
  async open(): Promise<void> {
    this.#iterator ??= await this.#newIterator();
  }

  /** The next records; `ended` where the shard gave no iterator to go on with. An expired iterator is renewed. */
  async read(): Promise<{ readonly records: readonly StreamRecord[]; readonly ended: boolean }> {
    const { streams } = this.#options;
    try {
      await this.open();
      const output = await streams.getRecords({ ShardIterator: this.#iterator });
      const records = output.Records ?? [];
      this.#lastSequenceNumber = records.at(-1)?.dynamodb?.SequenceNumber ?? this.#lastSequenceNumber;
      this.#iterator = output.NextShardIterator;
      this.#hasEnded = this.#iterator === undefined;
      return { records, ended: this.#hasEnded };
    } catch (error) {
      this.#recover(error);
      throw error;
    }
  }

  #recover(error: unknown): void {
    this.#iterator = undefined;
    if (error instanceof TrimmedDataAccessException) {
      // What we stood at is gone after 24 hours: go on with the oldest that is left.
      this.#lastSequenceNumber = undefined;
      this.#position = 'TRIM_HORIZON';
    }
  }

  async #newIterator(): Promise<string | undefined> {
    const { streams, streamArn, shardId } = this.#options;
    const where =
      this.#lastSequenceNumber === undefined
        ? { ShardIteratorType: this.#position }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: this.#lastSequenceNumber };
    const output = await streams.getShardIterator({ StreamArn: streamArn, ShardId: shardId, ...where });
    return output.ShardIterator;
  }
}

/** Faults that the next read mends by itself, and that nobody needs to hear of. */
export const isExpired = (error: unknown): boolean => error instanceof ExpiredIteratorException;
