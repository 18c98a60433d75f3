import type { ServiceDefinition } from '../../local/service-definition/service-definition.ts';
import { CliError } from '../cli-error.ts';
import { printable } from '../terminal.ts';
import { confirm, printJson, type Ui } from '../ui.ts';
import { countText } from './count-text.ts';
import type { DeliverDeps } from './deliver.ts';
import { drain, type Kept } from './drain.ts';
import { type FoundQueue, findQueues } from './find-queues.ts';
import type { Queues } from './ports.ts';

export interface RedriveDeps extends DeliverDeps {
  readonly queues: Queues;
  readonly stack: ServiceDefinition;
  readonly ui: Ui;
  /** Hears after each message how many are done. */
  readonly onProgress: (done: number, total: number) => void;
  /** Stops after the message that is under way. */
  readonly signal: AbortSignal;
}

export interface RedriveOptions {
  readonly all?: true;
  readonly limit?: number;
  readonly yes?: true;
  readonly json?: true;
}

/**
 * Gives messages back to where they came from, at most as many as there were at first: what fails again meanwhile waits
 * for another time. Each is deleted when it has been taken, and not before.
 * @throws CliError USAGE, NO_QUEUE, DECLINED, NOT_ASKED, KEPT (exit code 1), INTERRUPTED
 */
export async function redrive(
  deps: RedriveDeps,
  names: readonly string[],
  options: RedriveOptions,
): Promise<void> {
  const { ui, queues, signal } = deps;
  const { found } = await findQueues(queues, deps.stack, names);
  const counted = await Promise.all(
    found.map(async (queue) => ({ queue, waiting: (await queues.count(queue.url)).waiting })),
  );
  const full = counted.filter(({ waiting }) => waiting > 0);
  const total = Math.min(
    full.reduce((sum, { waiting }) => sum + waiting, 0),
    options.limit ?? Number.POSITIVE_INFINITY,
  );
  if (total > 0) await confirm(ui, question(full, total), options);
  let redriven = 0;
  const kept: Kept[] = [];
  for (const { queue, waiting } of full) {
    const most = Math.min(waiting, total - redriven - kept.length);
    if (most <= 0 || signal.aborted) break;
    const before = redriven + kept.length;
    const done = await drain(
      { ...deps, onDone: (count) => deps.onProgress(before + count, total) },
      queue,
      most,
    );
    redriven += done.redriven;
    kept.push(...done.kept);
  }
  report(ui, options, { redriven, kept });
  if (signal.aborted)
    throw new CliError('INTERRUPTED', 'Interrupted: what was not given back is in its queue as before', {
      exitCode: 130,
    });
  if (kept.length > 0)
    throw new CliError('KEPT', `Not given back: ${countText(kept.length)}, for the reasons above`, {
      exitCode: 1,
    });
}

function question(full: readonly { readonly queue: FoundQueue; readonly waiting: number }[], total: number) {
  const from = full.map(({ queue, waiting }) => `${waiting} of ${queue.name}`).join(', ');
  return `Give back ${countText(total)} (${from})?`;
}

function report(
  ui: Ui,
  { json }: RedriveOptions,
  { redriven, kept }: { readonly redriven: number; readonly kept: readonly Kept[] },
): void {
  if (json) {
    printJson(ui, { redriven, kept });
    return;
  }
  for (const { queue, messageId, why } of kept) ui.print(printable(`✗ ${queue} ${messageId}: ${why}`));
  if (redriven + kept.length === 0) ui.print('There is nothing to give back.');
  else ui.print(`Given back, and deleted from their queues: ${countText(redriven)}.`);
}
