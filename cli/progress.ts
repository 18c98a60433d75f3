/** A line that shows how far work is, where there is a terminal to show it on and the work takes its time. */
export interface Progress extends Disposable {
  /** Called as often as one likes; what it says is shown now and then. */
  show(step: () => Step): void;
}

export interface Step {
  /** From 0 to 1; undefined: nobody knows how much there is. */
  readonly share: number | undefined;
  readonly text: string;
}

interface ProgressOptions {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Milliseconds, from wherever. */
  readonly now: () => number;
}

/** What takes less time needs no progress. */
const SILENT_MS = 500;
const EVERY_MS = 200;
const BAR_COLUMNS = 24;

/** Shows on standard error: the result may go to a file. Disposed of, it leaves nothing on the terminal. */
export async function openProgress(
  { stream, now }: ProgressOptions = { stream: process.stderr, now: () => performance.now() },
): Promise<Progress> {
  if (!stream.isTTY) return { show: () => undefined, [Symbol.dispose]: () => undefined };
  const { createLogUpdate } = await import('log-update');
  const line = createLogUpdate(stream, { showCursor: true });
  let nextAt = now() + SILENT_MS;
  return {
    show(step) {
      if (now() < nextAt) return;
      nextAt = now() + EVERY_MS;
      line(textOf(step()));
    },
    [Symbol.dispose]: () => line.clear(),
  };
}

function textOf({ share, text }: Step): string {
  if (share === undefined) return text;
  const full = Math.round(BAR_COLUMNS * share);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_COLUMNS - full)} ${Math.floor(100 * share)} % ${text}`;
}
