import {
  type DescribeStreamOutput,
  ExpiredIteratorException,
  type GetRecordsOutput,
  type Shard,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { onTestFinished } from 'vitest';
import { type StreamPollerOptions, startStreamPoller } from '../../local/dynamodb/stream-poller.ts';
import type { StreamsApi } from '../../local/dynamodb/streams-api.ts';
import { ManualClock } from './local-clocks.ts';

interface FakeShard {
  readonly parent: string | undefined;
  readonly numbers: number[];
  closed: boolean;
}

/** A stream whose shards the test opens, fills and closes. Iterators are `shard:next position`. */
export class FakeStream implements StreamsApi {
  readonly #shards = new Map<string, FakeShard>();
  readonly #faults: Error[] = [];
  readonly calls: string[] = [];
  /** As dynoxide does: a last sequence number on a shard that goes on. */
  showsEndOfOpenShards = false;
  /** Ends iterators of shards that are not closed. */
  endsIterators = false;
  #sequence = 0;

  open(shardId: string, parent?: string): void {
    this.#shards.set(shardId, { parent, numbers: [], closed: false });
  }

  write(shardId: string, count = 1): void {
    for (let index = 0; index < count; index += 1) {
      this.#sequence += 1;
      this.#find(shardId).numbers.push(this.#sequence);
    }
  }

  closeShard(shardId: string): void {
    this.#find(shardId).closed = true;
  }

  remove(shardId: string): void {
    this.#shards.delete(shardId);
  }

  /** The next call fails. */
  failNext(error: Error): void {
    this.#faults.push(error);
  }

  async describeStream(input: { readonly StreamArn: string | undefined }): Promise<DescribeStreamOutput> {
    this.#note(`describe ${input.StreamArn}`);
    const shards = [...this.#shards].map(([ShardId, { parent, numbers, closed }]): Shard => {
      const showsEnd = closed || (this.showsEndOfOpenShards && numbers.length > 0);
      return {
        ShardId,
        ...(parent !== undefined && { ParentShardId: parent }),
        SequenceNumberRange: showsEnd ? { EndingSequenceNumber: String(numbers.at(-1) ?? 0) } : {},
      };
    });
    return { StreamDescription: { Shards: shards } };
  }

  async getShardIterator(input: {
    readonly ShardId: string | undefined;
    readonly ShardIteratorType: string | undefined;
    readonly SequenceNumber?: string | undefined;
  }): Promise<{ ShardIterator: string }> {
    this.#note(`iterator ${input.ShardId} ${input.ShardIteratorType} ${input.SequenceNumber ?? ''}`.trim());
    const { numbers } = this.#find(input.ShardId ?? '');
    const positions: Readonly<Record<string, number>> = {
      TRIM_HORIZON: 0,
      LATEST: numbers.length,
      AFTER_SEQUENCE_NUMBER: numbers.indexOf(Number(input.SequenceNumber)) + 1,
    };
    return { ShardIterator: `${input.ShardId}:${positions[input.ShardIteratorType ?? '']}` };
  }

  async getRecords(input: { readonly ShardIterator: string | undefined }): Promise<GetRecordsOutput> {
    const [shardId = '', position = ''] = (input.ShardIterator ?? '').split(':');
    this.#note(`records ${shardId}`);
    const { numbers, closed } = this.#find(shardId);
    const Records = numbers
      .slice(Number(position))
      .map(
        (number): StreamRecord => ({ eventID: String(number), dynamodb: { SequenceNumber: String(number) } }),
      );
    const ends = closed || this.endsIterators;
    return { Records, ...(!ends && { NextShardIterator: `${shardId}:${numbers.length}` }) };
  }

  #note(call: string): void {
    this.calls.push(call);
    const fault = this.#faults.shift();
    if (fault !== undefined) throw fault;
  }

  #find(shardId: string): FakeShard {
    const shard = this.#shards.get(shardId);
    if (shard !== undefined) return shard;
    throw Object.assign(new Error(`Requested resource not found: ${shardId}`), {
      name: 'ResourceNotFoundException',
    });
  }
}

export const expired = new ExpiredIteratorException({ message: 'Iterator expired', $metadata: {} });
export const trimmed = new TrimmedDataAccessException({ message: 'Trimmed', $metadata: {} });

export function streamOf(...shardIds: string[]): FakeStream {
  const stream = new FakeStream();
  for (const shardId of shardIds) stream.open(shardId);
  return stream;
}

/** A poller of a fake stream on a clock that stands still, with what it read. Ends with the test. */
export async function startTestPoller(streams: StreamsApi, changes: Partial<StreamPollerOptions> = {}) {
  const clock = new ManualClock();
  const read: string[] = [];
  const lines: string[] = [];
  const consumer = {
    accepts: true,
    canAccept: () => consumer.accepts,
    deliver: (batch: { shardId: string; records: readonly StreamRecord[] }) =>
      read.push(...batch.records.map(({ eventID }) => `${batch.shardId}/${eventID}`)),
  };
  const poller = await startStreamPoller({
    streams,
    tableName: 'Items',
    resolveStreamArn: async () => 'arn:stream',
    startingPosition: 'TRIM_HORIZON',
    consumer,
    clock,
    log: (line) => lines.push(line),
    ...changes,
  });
  onTestFinished(() => poller.close());
  return { poller, clock, read, lines, consumer };
}
