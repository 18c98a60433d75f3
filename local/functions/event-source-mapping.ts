import type { StreamConsumer } from '../dynamodb/stream-poller.ts';
import type { StreamRecord } from '../dynamodb/stream-shard.ts';
import { type BatchProcessorOptions, processBatch } from './batch-processor.ts';
import { type PendingRecord, toPendingRecord } from './stream-record.ts';
import type { WorkCounter } from './work-counter.ts';

export interface EventSourceMappingOptions extends BatchProcessorOptions {
  readonly region: string;
  /** Whether the function is called for a record: any of the mapping's filters matches. */
  readonly matches: (record: unknown) => boolean;
  readonly work: WorkCounter;
  /** Hears that there is room for records again. */
  readonly onCapacity: () => void;
}

/** Records of one shard that are handled one batch after the other. */
interface Lane {
  readonly queue: PendingRecord[];
  isRunning: boolean;
  /** Ends the batch window: the batch is full. */
  full: AbortController;
}

/**
 * Hands the records of a stream to a function in batches. With ParallelizationFactor, a shard has that many lanes,
 * and each item always takes the same.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
 */
export class EventSourceMapping implements StreamConsumer {
  readonly #options: EventSourceMappingOptions;
  readonly #shards = new Map<string, readonly Lane[]>();

  constructor(options: EventSourceMappingOptions) {
    this.#options = options;
  }

  canAccept(shardId: string): boolean {
    const { batchSize, parallelizationFactor } = this.#options.stream;
    const queued = this.#lanes(shardId).reduce((sum, { queue }) => sum + queue.length, 0);
    return queued < batchSize * parallelizationFactor * 2;
  }

  deliver(read: {
    readonly streamArn: string;
    readonly shardId: string;
    readonly records: readonly StreamRecord[];
  }): void {
    const { region, clock, matches } = this.#options;
    const lanes = this.#lanes(read.shardId);
    const touched = new Set<Lane>();
    for (const record of read.records) {
      const pending = toPendingRecord(record, { ...read, region, readAt: clock.now() });
      if (!matches(pending.record)) continue;
      const lane = lanes[hash(pending.itemKey) % lanes.length];
      if (lane === undefined) continue;
      lane.queue.push(pending);
      touched.add(lane);
    }
    for (const lane of touched) this.#start(lane);
  }

  #lanes(shardId: string): readonly Lane[] {
    const known = this.#shards.get(shardId);
    if (known !== undefined) return known;
    const length = this.#options.stream.parallelizationFactor;
    const lanes = Array.from({ length }, () => ({
      queue: [],
      isRunning: false,
      full: new AbortController(),
    }));
    this.#shards.set(shardId, lanes);
    return lanes;
  }

  #start(lane: Lane): void {
    const { work, log, fn, signal, stream } = this.#options;
    if (lane.queue.length >= stream.batchSize) lane.full.abort();
    if (lane.isRunning) return;
    lane.isRunning = true;
    work
      .track(() => this.#run(lane))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log(`stream records were lost: ${problem}`, fn.name, 'host');
      })
      .finally(() => {
        lane.isRunning = false;
        if (lane.queue.length > 0 && !signal.aborted) this.#start(lane);
      });
  }

  async #run(lane: Lane): Promise<void> {
    const { stream, signal, onCapacity } = this.#options;
    while (lane.queue.length > 0) {
      signal.throwIfAborted();
      await this.#gather(lane);
      const batch = lane.queue.splice(0, stream.batchSize);
      await processBatch(batch, this.#options);
      onCapacity();
    }
  }

  /** Waits for more records, until the batch is full or its window is over. */
  async #gather(lane: Lane): Promise<void> {
    const { stream, clock, signal } = this.#options;
    if (stream.batchWindowSeconds === 0 || lane.queue.length >= stream.batchSize) return;
    lane.full = new AbortController();
    try {
      await clock.sleep(stream.batchWindowSeconds * 1000, AbortSignal.any([signal, lane.full.signal]));
    } catch (error) {
      if (signal.aborted || !lane.full.signal.aborted) throw error;
    }
  }
}

/** FNV-1a: spreads items over lanes, the same in every run. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
