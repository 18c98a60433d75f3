import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { CloudEvent, EventPublisher, NewEvent } from './event.ts';
import { compilePattern } from './pattern.ts';

/** A rule of the bus: events that match `pattern` are handed to `target`. */
export interface Rule {
  /** Names the rule in diagnostics; need not be unique. */
  readonly name: string;
  /** An event pattern, as an object or as JSON. */
  readonly pattern: unknown;
  readonly target: (event: CloudEvent) => void | Promise<void>;
}

export interface EventBusDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Of events that name no account. */
  readonly accountId: string;
  /** Of events that name no region. */
  readonly region: string;
  /** Told of a target that threw. @default a line on stderr */
  readonly onTargetError?: (failure: { rule: string; event: CloudEvent; error: unknown }) => void;
}

/** How many past events are kept for diagnostics. */
const RECENT_EVENTS = 200;

/** The default event bus. Every matching target gets its own copy of an event, after `publish` has returned. */
export class EventBus implements EventPublisher, Disposable {
  readonly #deps: EventBusDeps;
  readonly #rules = new Set<{ rule: Rule; matches: (event: unknown) => boolean }>();
  readonly #recent: CloudEvent[] = [];
  #closed = false;
  #published = 0;

  constructor(deps: EventBusDeps) {
    this.#deps = deps;
  }

  /**
   * @returns a function that takes the rule away again
   * @throws AwsError InvalidEventPatternException
   */
  addRule(rule: Rule): () => void {
    const entry = { rule, matches: compilePattern(rule.pattern) };
    this.#rules.add(entry);
    return () => {
      this.#rules.delete(entry);
    };
  }

  publish(newEvent: NewEvent): CloudEvent {
    const { clock, ids, accountId, region } = this.#deps;
    const event: CloudEvent = {
      version: '0',
      id: newEvent.id ?? ids.uuid(),
      'detail-type': newEvent['detail-type'],
      source: newEvent.source,
      account: newEvent.account ?? accountId,
      time: newEvent.time ?? toEventTime(clock.now()),
      region: newEvent.region ?? region,
      resources: [...(newEvent.resources ?? [])],
      // What travels is JSON: a Date becomes a string here, as it would on the way to a real bus.
      detail: JSON.parse(JSON.stringify(newEvent.detail)),
    };
    this.#remember(event);
    this.#published += 1;
    for (const { rule, matches } of this.#rules) {
      if (matches(event)) setImmediate(() => void this.#deliver(rule, structuredClone(event)));
    }
    return event;
  }

  /** The latest events, oldest first. */
  recentEvents(): readonly CloudEvent[] {
    return [...this.#recent];
  }

  /** How many events have been published. */
  get published(): number {
    return this.#published;
  }

  /** Resolves when every event published so far has been handed to its targets. */
  delivered(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Stops deliveries, also of events that are published already. */
  close(): void {
    this.#closed = true;
    this.#rules.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #remember(event: CloudEvent): void {
    this.#recent.push(event);
    if (this.#recent.length > RECENT_EVENTS) this.#recent.shift();
  }

  async #deliver(rule: Rule, event: CloudEvent): Promise<void> {
    if (this.#closed) return;
    try {
      await rule.target(event);
    } catch (error) {
      const report = this.#deps.onTargetError ?? reportOnStderr;
      report({ rule: rule.name, event, error });
    }
  }
}

/** An instant as events carry it: ISO 8601, whole seconds, UTC. */
export function toEventTime(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

function reportOnStderr({ rule, event, error }: { rule: string; event: CloudEvent; error: unknown }): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`event bus: the target of rule ${rule} failed on event ${event.id}: ${text}\n`);
}
