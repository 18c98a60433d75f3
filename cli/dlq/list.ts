import pc from 'picocolors';
import type { ServiceDefinition } from '../../local/service-definition/service-definition.ts';
import type { Clock } from '../../shared/ports.ts';
import { timeText } from '../paint.ts';
import { columnsOfOutput, renderRows } from '../rows.ts';
import { printJson, type Ui } from '../ui.ts';
import { countText } from './count-text.ts';
import { type FoundQueue, findQueues } from './find-queues.ts';
import type { Illegible, Letter } from './letter.ts';
import { peek } from './peek.ts';
import type { Queues, RawMessage } from './ports.ts';
import { readLetter } from './read-letter.ts';

export interface ListDeps {
  readonly queues: Queues;
  readonly stack: ServiceDefinition;
  readonly clock: Pick<Clock, 'now'>;
  readonly ui: Ui;
}

export interface ListOptions {
  readonly limit: number;
  readonly json?: true;
}

interface Listed {
  readonly queue: FoundQueue;
  readonly count: { readonly waiting: number; readonly held: number };
  readonly messages: readonly { readonly raw: RawMessage; readonly letter: Letter | Illegible }[];
}

/** Lists failure queues, and what is in them: nothing is taken out. */
export async function listDeadLetters(
  deps: ListDeps,
  names: readonly string[],
  options: ListOptions,
): Promise<void> {
  const { found, missing } = await findQueues(deps.queues, deps.stack, names);
  const listed = await Promise.all(found.map((queue) => look(deps, queue, options.limit)));
  if (options.json) {
    printJson(deps.ui, { queues: listed.map(toJson), missing });
    return;
  }
  deps.ui.print(listed.map((each) => render(each, deps.clock.now())).join('\n'));
  for (const name of missing) deps.ui.print(pc.dim(`${name}: not deployed`));
  const total = listed.reduce((sum, { count }) => sum + count.waiting, 0);
  if (total > 0) deps.ui.print(`\nremediator dlq redrive QUEUE gives messages back to where they came from.`);
}

async function look({ queues, stack }: ListDeps, queue: FoundQueue, limit: number): Promise<Listed> {
  const count = await queues.count(queue.url);
  const raw = count.waiting === 0 ? [] : await peek(queues, queue.url, limit);
  const messages = raw.map((each) => ({ raw: each, letter: readLetter(each, queue, stack.functions) }));
  return { queue, count, messages };
}

function render({ queue, count, messages }: Listed, now: Date): string {
  const { waiting, held } = count;
  const others = held > 0 ? `, ${held} held by somebody` : '';
  const mark = waiting + held === 0 ? pc.green('✓') : pc.red('✗');
  const age = messages[0] === undefined ? '' : `, the oldest that was seen ${ageOf(messages[0].raw, now)}`;
  const head = `${mark} ${queue.name}: ${waiting === 0 ? 'empty' : `${countText(waiting)}${age}`}${others}`;
  if (messages.length === 0) return head;
  const rows = messages.map(({ raw, letter }) => ({
    cells: [
      timeText(raw.sentAt.toISOString()),
      letter.kind,
      letter.kind === 'unknown' ? raw.id : letter.fn.name,
      letter.kind === 'unknown' ? '' : letter.about,
    ],
    below: letter.why,
  }));
  const headers = ['sent', 'kind', 'function', 'about'];
  const table = renderRows(headers, rows, columnsOfOutput() - 2).replaceAll(/^/gm, '  ');
  const more =
    waiting > messages.length ? `\n  ${pc.dim(`… and ${waiting - messages.length} more (--limit)`)}` : '';
  return `${head}\n${table}${more}`;
}

function toJson({ queue, count, messages }: Listed) {
  return {
    queue: queue.name,
    functions: queue.functions.map(({ functionName }) => functionName),
    messages: count.waiting,
    held: count.held,
    ...(messages[0] === undefined ? {} : { oldestSeenAt: messages[0].raw.sentAt.toISOString() }),
    seen: messages.map(({ raw, letter }) => ({
      messageId: raw.id,
      sentAt: raw.sentAt.toISOString(),
      kind: letter.kind,
      ...(letter.kind === 'unknown' ? {} : { function: letter.fn.functionName, about: letter.about }),
      why: letter.why,
      body: raw.body,
    })),
  };
}

function ageOf({ sentAt }: RawMessage, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - sentAt.getTime()) / 60_000));
  if (minutes < 120) return `${minutes} min old`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h old` : `${Math.floor(hours / 24)} days old`;
}
