import type { StateEvent } from '../domain/state-event.ts';
import type { Clock, EventBus, Log, PutFault } from '../ports.ts';

export interface PublishDeps {
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Log;
}

/** What one stream record asks to be told. */
export interface RecordedChange {
  readonly findingId: string;
  /** In their order; an error: the record cannot be read. */
  readonly events: readonly (StateEvent | Error)[];
}

/** How long what was not taken waits before it is put again, alone. */
const PAUSES_MS = [100, 400];

/**
 * Puts the events on the bus: those of one finding one after the other, those of different findings together.
 * @returns the records to be tried again: those of which an event was not taken, and those of its finding behind them
 */
export async function publishStateEvents(
  deps: PublishDeps,
  records: readonly RecordedChange[],
): Promise<ReadonlySet<RecordedChange>> {
  const steps = records.flatMap((record) => record.events.map((event) => ({ record, event })));
  const queues = [...Map.groupBy(steps, ({ record }) => record.findingId).values()];
  const stuck = new Set<string>();
  const failed = new Set<RecordedChange>();
  for (let turn = 0; queues.some(({ length }) => length > turn); turn++) {
    const heads = queues.flatMap((queue) => queue[turn] ?? []);
    const going = heads.filter(({ record }) => !stuck.has(record.findingId));
    const faults = await putAll(
      deps,
      going.map(({ event }) => event),
    );
    for (const [index, { record }] of going.entries()) {
      const fault = faults[index];
      if (fault === undefined) continue;
      deps.log.error('The event is not on the bus', { findingId: record.findingId, error: fault });
      stuck.add(record.findingId);
    }
    for (const { record } of heads) if (stuck.has(record.findingId)) failed.add(record);
  }
  return failed;
}

/** What became of each event of different findings; what was not taken, and may be a moment later, is put again. */
async function putAll(
  { bus, clock }: PublishDeps,
  events: readonly (StateEvent | Error)[],
): Promise<readonly (PutFault | Error | undefined)[]> {
  const fates = new Map<StateEvent, PutFault | undefined>();
  let waiting = events.flatMap((event) => (event instanceof Error ? [] : [event]));
  for (const pause of [0, ...PAUSES_MS]) {
    if (waiting.length === 0) break;
    if (pause > 0) await clock.sleep(pause);
    const faults = await bus.put(waiting);
    for (const [index, event] of waiting.entries()) fates.set(event, faults[index]);
    waiting = waiting.filter((event) => fates.get(event)?.retryable);
  }
  return events.map((event) => (event instanceof Error ? event : fates.get(event)));
}
