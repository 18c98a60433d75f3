import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE, STATE_CHANGE, type StateEvent } from '../domain/state-event.ts';
import type { EventBus, PutFault } from '../ports.ts';
import type { Capture } from './clients.ts';

const MAX_ATTEMPTS = 4;
/** Of one PutEvents call. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_000_000;
/** What `Time` counts for. */
const TIME_BYTES = 14;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
const RETRYABLE = ['InternalFailure', 'ThrottlingException'];

export function createEventBridge(region: string, capture: Capture): EventBridgeClient {
  return capture(new EventBridgeClient({ region, maxAttempts: MAX_ATTEMPTS }));
}

/** The default bus of our own account and region. */
export function createEventBus(client: EventBridgeClient): EventBus {
  return {
    async put(events) {
      const calls = callsFor(events.map(entryOf));
      return (await Promise.all(calls.map((entries) => putEntries(client, entries)))).flat();
    },
  };
}

/** One call. An entry fails by itself; where the call fails, all of its entries do. */
async function putEntries(
  client: EventBridgeClient,
  entries: PutEventsRequestEntry[],
): Promise<(PutFault | undefined)[]> {
  try {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    return entries.map((_, index) => {
      const { EventId, ErrorCode: code = 'NoAnswer', ErrorMessage: message = '' } = Entries[index] ?? {};
      return EventId === undefined ? { code, message, retryable: RETRYABLE.includes(code) } : undefined;
    });
  } catch (error) {
    const { name: code, message } = error instanceof Error ? error : new Error(String(error));
    // The SDK has tried it again already.
    return entries.map(() => ({ code, message, retryable: false }));
  }
}

function entryOf({ detail, resources }: StateEvent): PutEventsRequestEntry {
  return {
    Source: EVENT_SOURCE,
    DetailType: STATE_CHANGE,
    Time: new Date(detail.at),
    Resources: [...resources],
    Detail: JSON.stringify(detail),
  };
}

function callsFor(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const calls: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = calls.at(-1);
    const size = sizeOf(entry);
    if (last === undefined || last.length === MAX_ENTRIES || bytes + size > MAX_BYTES) {
      calls.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return calls;
}

function sizeOf({ Source, DetailType, Detail, Resources = [] }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text = '') => sum + Buffer.byteLength(text), TIME_BYTES);
}
