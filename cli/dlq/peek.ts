import type { Queues, RawMessage } from './ports.ts';

/** Long enough to look at them; somebody who is killed meanwhile hides them no longer. */
const HIDDEN_SECONDS = 30;

/** Looks at messages, the oldest of those first, and puts them back. */
export async function peek(queues: Queues, url: string, most: number): Promise<readonly RawMessage[]> {
  const seen = new Map<string, RawMessage>();
  try {
    while (seen.size < most) {
      const some = await queues.receive(url, Math.min(most - seen.size, 10), HIDDEN_SECONDS);
      const fresh = some.filter(({ id }) => !seen.has(id));
      // One that comes twice has another receipt, and only the newest counts.
      for (const each of some) seen.set(each.id, each);
      if (fresh.length === 0) break;
    }
  } finally {
    await Promise.all([...seen.values()].map(({ receiptHandle }) => queues.release(url, receiptHandle)));
  }
  return [...seen.values()].toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime());
}
