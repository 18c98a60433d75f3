import type { ServiceDefinition } from '../../local/service-definition/service-definition.ts';
import { type DeliverDeps, deliver } from './deliver.ts';
import type { FoundQueue } from './find-queues.ts';
import type { Illegible, Letter } from './letter.ts';
import { type Queues, type RawMessage, Refusal } from './ports.ts';
import { readLetter } from './read-letter.ts';

export interface DrainDeps extends DeliverDeps {
  readonly queues: Queues;
  readonly stack: ServiceDefinition;
  readonly signal: AbortSignal;
  /** Hears how many messages of the queue are done. */
  readonly onDone: (count: number) => void;
}

/** A message that stays where it is. */
export interface Kept {
  readonly queue: string;
  readonly messageId: string;
  readonly why: string;
}

/** Longer than ten calls of the slowest function; a killed process hides its messages no longer. */
const HIDDEN_SECONDS = 900;
/** So often nothing new comes, until the queue counts as empty: SQS keeps messages on several servers. */
const EMPTY_POLLS = 2;

/** Gives back at most `most` messages of a queue. What is kept can be received again when this has ended. */
export async function drain(
  deps: DrainDeps,
  queue: FoundQueue,
  most: number,
): Promise<{ readonly redriven: number; readonly kept: readonly Kept[] }> {
  const { queues, signal } = deps;
  const held = new Map<string, RawMessage>();
  const kept: Kept[] = [];
  const once = new Set<string>();
  let redriven = 0;
  const done = () => redriven + kept.length;
  const take = async ({ message, letter }: Opened) => {
    if (signal.aborted) return;
    const why = await giveBack(deps, letter, once);
    if (why === undefined) {
      await queues.delete(queue.url, message.receiptHandle);
      held.delete(message.id);
      redriven += 1;
    } else kept.push({ queue: queue.name, messageId: message.id, why });
    deps.onDone(done());
  };
  try {
    for (let empty = 0; empty < EMPTY_POLLS && done() < most && !signal.aborted; ) {
      const received = await queues.receive(queue.url, Math.min(most - done(), 10), HIDDEN_SECONDS);
      const fresh = received.filter(({ id }) => !held.has(id));
      for (const each of received) held.set(each.id, each);
      empty = fresh.length === 0 ? empty + 1 : 0;
      const opened = fresh
        .toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime())
        .map((message) => ({ message, letter: readLetter(message, queue, deps.stack.functions) }));
      await allOf(opened.filter(mayGoTogether).map(take));
      for (const each of opened.filter((other) => !mayGoTogether(other))) await take(each);
    }
  } finally {
    await Promise.all([...held.values()].map((each) => queues.release(queue.url, each.receiptHandle)));
  }
  return { redriven, kept };
}

interface Opened {
  readonly message: RawMessage;
  readonly letter: Letter | Illegible;
}

/** Records of a stream keep their order as far as the queue has it; of what once is enough, one goes first. */
function mayGoTogether({ letter }: Opened): boolean {
  return letter.kind !== 'unknown' && letter.content.type === 'event' && letter.content.once === undefined;
}

/** Waits for all, so that none goes on behind what one of them throws. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** @returns why it was not taken */
async function giveBack(
  deps: DeliverDeps,
  letter: Letter | Illegible,
  once: Set<string>,
): Promise<string | undefined> {
  if (letter.kind === 'unknown') return letter.why;
  const key = letter.content.type === 'event' ? letter.content.once : undefined;
  if (key !== undefined && once.has(key)) return undefined;
  try {
    await deliver(deps, letter);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  if (key !== undefined) once.add(key);
  return undefined;
}
