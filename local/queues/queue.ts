import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Message, MessageAttributes } from './message.ts';
import { invalidReceiptHandle, SqsError } from './sqs-error.ts';

export interface QueueDeps {
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface NewMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly senderId: string;
  readonly delaySeconds?: number;
}

export interface ReceiveOptions {
  readonly max: number;
  readonly visibilityTimeoutSeconds: number;
  readonly waitSeconds: number;
}

/** A standard queue in memory: at least once, oldest first, hidden while received. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** The attributes that were set, beside their defaults. */
  readonly attributes: Map<string, string>;
  readonly #deps: QueueDeps;
  #messages: Message[] = [];
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(arn: string, attributes: ReadonlyMap<string, string>, deps: QueueDeps) {
    this.arn = arn;
    this.name = arn.slice(arn.lastIndexOf(':') + 1);
    this.attributes = new Map(attributes);
    this.#deps = deps;
    this.createdAt = deps.clock.now().getTime();
  }

  send(message: NewMessage): Message {
    const now = this.#now();
    const delay = message.delaySeconds ?? this.seconds('DelaySeconds');
    const stored: Message = {
      id: this.#deps.ids.uuid(),
      body: message.body,
      attributes: message.attributes ?? {},
      senderId: message.senderId,
      sentAt: now,
      visibleAt: now + delay * 1000,
      receiveCount: 0,
    };
    this.#messages.push(stored);
    for (const wake of [...this.#waiting]) wake();
    return stored;
  }

  /** Takes up to `max` visible messages; where there are none, waits for one up to `waitSeconds`. */
  async receive(options: ReceiveOptions): Promise<Message[]> {
    const deadline = this.#now() + options.waitSeconds * 1000;
    let received = this.#take(options);
    while (received.length === 0 && !this.#closed && this.#now() < deadline) {
      await this.#arrival(deadline);
      received = this.#take(options);
    }
    return received;
  }

  delete(receiptHandle: string): void {
    const index = this.#messages.findIndex((message) => message.receiptHandle === receiptHandle);
    if (index >= 0) this.#messages.splice(index, 1);
    // Deleting twice is fine in SQS; a handle that never was one of this queue is not.
    else if (!receiptHandle.startsWith(`${this.name}:`)) throw invalidReceiptHandle();
  }

  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#messages.find((candidate) => candidate.receiptHandle === receiptHandle);
    if (!message && !receiptHandle.startsWith(`${this.name}:`)) throw invalidReceiptHandle();
    const now = this.#now();
    if (!message || message.visibleAt <= now) {
      throw new SqsError(
        'MessageNotInflight',
        'The specified message is not in flight.',
        'AWS.SimpleQueueService.MessageNotInflight',
      );
    }
    message.visibleAt = now + seconds * 1000;
    for (const wake of [...this.#waiting]) wake();
  }

  purge(): void {
    this.#messages = [];
  }

  /** Messages by what can be done with them now. */
  counts(): { visible: number; inFlight: number; delayed: number } {
    this.#expire();
    const now = this.#now();
    const hidden = this.#messages.filter((message) => message.visibleAt > now);
    const delayed = hidden.filter((message) => message.receiveCount === 0).length;
    return {
      visible: this.#messages.length - hidden.length,
      inFlight: hidden.length - delayed,
      delayed,
    };
  }

  /** A numeric attribute of the queue, in seconds. */
  seconds(attribute: string): number {
    return Number(this.attributes.get(attribute) ?? 0);
  }

  close(): void {
    this.#closed = true;
    for (const wake of [...this.#waiting]) wake();
  }

  #take({ max, visibilityTimeoutSeconds }: ReceiveOptions): Message[] {
    this.#expire();
    const now = this.#now();
    const taken = this.#messages.filter((message) => message.visibleAt <= now).slice(0, max);
    for (const message of taken) {
      message.visibleAt = now + visibilityTimeoutSeconds * 1000;
      message.receiveCount += 1;
      message.firstReceivedAt ??= now;
      message.receiptHandle = `${this.name}:${this.#deps.ids.uuid()}`;
    }
    return taken;
  }

  /** Resolves when a message may have become visible, at the latest at `deadline`. */
  async #arrival(deadline: number): Promise<void> {
    const now = this.#now();
    const nextVisible = this.#messages.reduce((next, message) => Math.min(next, message.visibleAt), deadline);
    const woken = new AbortController();
    const wake = () => woken.abort();
    this.#waiting.add(wake);
    try {
      await this.#deps.clock.sleep(Math.max(1, Math.min(deadline, nextVisible) - now), woken.signal);
    } catch (error) {
      if (!woken.signal.aborted) throw error;
    } finally {
      this.#waiting.delete(wake);
    }
  }

  #expire(): void {
    const oldest = this.#now() - this.seconds('MessageRetentionPeriod') * 1000;
    this.#messages = this.#messages.filter((message) => message.sentAt >= oldest);
  }

  #now(): number {
    return this.#deps.clock.now().getTime();
  }
}
