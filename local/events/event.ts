/** An EventBridge event as rules and targets see it. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface CloudEvent {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds, UTC. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What a service puts on the bus; the bus adds id, version and time where they are missing. */
export type NewEvent = Pick<CloudEvent, 'detail-type' | 'source' | 'detail'> &
  Partial<Pick<CloudEvent, 'id' | 'account' | 'time' | 'region' | 'resources'>>;

/** Where services publish events. Delivery to rules is asynchronous: `publish` never waits for a target. */
export interface EventPublisher {
  publish(event: NewEvent): CloudEvent;
}
