import type { Shard } from '@aws-sdk/client-dynamodb-streams';
import type { Clock } from '../clock.ts';
import { isExpired, type StartingPosition, type StreamRecord, StreamShard } from './stream-shard.ts';
import type { StreamsApi } from './streams-api.ts';

/** Who is given the records of a stream. */
export interface StreamConsumer {
  /** False while it has enough to do with a shard: the shard is then read later. */
  canAccept(shardId: string): boolean;
  deliver(batch: {
    readonly streamArn: string;
    readonly shardId: string;
    readonly records: readonly StreamRecord[];
  }): void;
}

export interface StreamPollerOptions {
  readonly streams: StreamsApi;
  readonly tableName: string;
  /** The table's newest stream; undefined where it has none (yet). */
  readonly resolveStreamArn: () => Promise<string | undefined>;
  readonly startingPosition: StartingPosition;
  readonly consumer: StreamConsumer;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** How long to wait after a look that found nothing. @default 200 */
  readonly idleMs?: number;
}

export interface StreamPoller {
  /** Looks at once: something was written. */
  wake(): void;
  /** Resolves once a look that began after this call found every shard read to its end. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

/** What a look at a stream found; 'busy' where its consumer has enough to do. */
type Found = 'records' | 'nothing' | 'busy' | 'fault';

const longestBackoffMs = 2000;

/**
 * Reads a table's stream for as long as it lives, every shard from parent to child, and survives whatever the
 * endpoint answers. Resolves once the starting position is fixed, so that LATEST misses nothing written later.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export async function startStreamPoller(options: StreamPollerOptions): Promise<StreamPoller> {
  const poller = new Poller(options);
  await poller.look();
  poller.run();
  return poller;
}

class Poller implements StreamPoller {
  readonly #options: StreamPollerOptions;
  readonly #closing = new AbortController();
  readonly #shards = new Map<string, StreamShard>();
  /** Shards read to their end. */
  readonly #finished = new Set<string>();
  #streamArn: string | undefined;
  /** The first look decides where to begin; shards found later are read from their start. */
  #isFirstLook = true;
  #knowsShards = false;
  #failures = 0;
  #lastProblem = '';
  #wake = new AbortController();
  #waiting: (() => void)[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(options: StreamPollerOptions) {
    this.#options = options;
  }

  run(): void {
    this.#running = this.#loop();
  }

  wake(): void {
    this.#wake.abort();
  }

  drained(): Promise<void> {
    if (this.#closing.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.wake();
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await this.#running;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #loop(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      // Taken before the look: a wake() during it asks for another.
      this.#wake = new AbortController();
      const waiting = this.#waiting;
      this.#waiting = [];
      const found = await this.look();
      if (found === 'nothing') for (const resolve of waiting) resolve();
      else this.#waiting.push(...waiting);
      if (found !== 'records') await this.#pause(found);
    }
  }

  async #pause(found: Found): Promise<void> {
    const { clock, idleMs = 200 } = this.#options;
    const ms = found === 'fault' ? Math.min(idleMs * 2 ** this.#failures, longestBackoffMs) : idleMs;
    // A wake() while the endpoint fails must not turn the pause into a storm of requests.
    const { signal } = found === 'fault' ? this.#closing : this.#wake;
    if (signal.aborted) return;
    try {
      await clock.sleep(ms, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** One look at every shard. Never throws. */
  async look(): Promise<Found> {
    try {
      if (!this.#knowsShards) await this.#discover();
    } catch (error) {
      this.#noteFailure(error);
      return 'fault';
    }
    const looks = await Promise.allSettled([...this.#shards.values()].map((shard) => this.#read(shard)));
    const faults = looks.filter((look) => look.status === 'rejected');
    for (const { reason } of faults) this.#noteFailure(reason);
    if (faults.length > 0) return 'fault';
    this.#failures = 0;
    this.#lastProblem = '';
    const found = looks.map((look) => (look.status === 'fulfilled' ? look.value : 'fault'));
    return found.find((each) => each === 'records') ?? found.find((each) => each !== 'nothing') ?? 'nothing';
  }

  async #read(shard: StreamShard): Promise<Found> {
    const { consumer } = this.#options;
    if (!consumer.canAccept(shard.shardId)) return 'busy';
    const hadEnded = shard.hasEnded;
    const { records, ended } = await shard.read();
    if (records.length > 0 && this.#streamArn !== undefined) {
      consumer.deliver({ streamArn: this.#streamArn, shardId: shard.shardId, records });
    }
    // Some endpoints end an iterator, or name a last sequence number, of a shard that goes on: ask anew.
    if (ended) this.#knowsShards = false;
    if (records.length > 0 || (ended && !hadEnded)) return 'records';
    return ended ? 'busy' : 'nothing';
  }

  /** Finds the shards that can be read now: those whose parent was read to its end, or is gone. */
  async #discover(): Promise<void> {
    const newest = this.#streamArn ?? (await this.#options.resolveStreamArn());
    if (newest === undefined) throw new Error(`the table ${this.#options.tableName} has no stream`);
    this.#streamArn = newest;
    const shards = await this.#describe(newest);
    const parents = new Set(shards.map(({ ParentShardId }) => ParentShardId));
    this.#finish(shards, parents);
    const isLatest = this.#isFirstLook && this.#options.startingPosition === 'LATEST';
    for (const { ShardId, ParentShardId } of shards) {
      if (ShardId === undefined || this.#finished.has(ShardId) || this.#shards.has(ShardId)) continue;
      if (isLatest && parents.has(ShardId)) this.#finished.add(ShardId);
      else if (isLatest) await this.#openShard(ShardId, 'LATEST');
      else if (!this.#isUnread(ParentShardId, shards)) await this.#openShard(ShardId, 'TRIM_HORIZON');
    }
    this.#isFirstLook = false;
    this.#knowsShards = this.#shards.size > 0;
    // Everything was read to its end: the table may have a newer stream.
    if (shards.length > 0 && !this.#knowsShards && (await this.#options.resolveStreamArn()) !== newest) {
      this.#forgetStream();
    }
  }

  /** Lets go of the shards whose iterator ended and that are closed, or gone. */
  #finish(shards: readonly Shard[], parents: ReadonlySet<string | undefined>): void {
    for (const shard of this.#shards.values()) {
      const described = shards.find(({ ShardId }) => ShardId === shard.shardId);
      const isClosed =
        described === undefined ||
        parents.has(shard.shardId) ||
        described.SequenceNumberRange?.EndingSequenceNumber !== undefined;
      if (!shard.hasEnded || !isClosed) continue;
      this.#shards.delete(shard.shardId);
      this.#finished.add(shard.shardId);
    }
  }

  #isUnread(shardId: string | undefined, shards: readonly Shard[]): boolean {
    const isListed = shardId !== undefined && shards.some(({ ShardId }) => ShardId === shardId);
    return isListed && !this.#finished.has(shardId);
  }

  async #openShard(shardId: string, startingPosition: StartingPosition): Promise<void> {
    const { streams } = this.#options;
    const streamArn = this.#streamArn ?? '';
    const shard = new StreamShard({ streams, streamArn, shardId, startingPosition });
    await shard.open();
    this.#shards.set(shardId, shard);
  }

  async #describe(streamArn: string): Promise<Shard[]> {
    const shards: Shard[] = [];
    let from: string | undefined;
    do {
      const { StreamDescription } = await this.#options.streams.describeStream({
        StreamArn: streamArn,
        ExclusiveStartShardId: from,
      });
      shards.push(...(StreamDescription?.Shards ?? []));
      from = StreamDescription?.LastEvaluatedShardId;
    } while (from !== undefined);
    return shards;
  }

  #noteFailure(error: unknown): void {
    this.#failures += 1;
    if (isExpired(error) || this.#closing.signal.aborted) return;
    if (error instanceof Error && error.name === 'ResourceNotFoundException') this.#forgetStream();
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (problem === this.#lastProblem) return;
    this.#lastProblem = problem;
    this.#options.log(`stream of ${this.#options.tableName}: ${problem}`);
  }

  /** The table was deleted, or made anew: its next stream is another, and all of it is new. */
  #forgetStream(): void {
    this.#streamArn = undefined;
    this.#knowsShards = false;
    this.#shards.clear();
    this.#finished.clear();
  }
}
