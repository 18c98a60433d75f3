/** A line that shows how far it is, where there is a terminal to show it on. */
export interface Progress extends Disposable {
  /** How far it is. Called often; it is shown now and then. */
  show(): void;
}

interface Shown {
  /** Bytes, read and in all; undefined: nobody knows. */
  readonly read: number;
  readonly size: number | undefined;
  readonly events: number;
}

/** What takes less time needs no progress. */
const SILENT_MS = 500;
const EVERY_MS = 200;

interface ProgressOptions {
  readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  /** Milliseconds, from wherever. */
  readonly now: () => number;
}

/** Shows on standard error: the result may go to a file. */
export function showProgress(
  state: () => Shown,
  { stream, now }: ProgressOptions = { stream: process.stderr, now: () => performance.now() },
): Progress {
  const begun = now();
  let shownAt = begun + SILENT_MS - EVERY_MS;
  let isShown = false;
  return {
    show() {
      if (!stream.isTTY || now() - shownAt < EVERY_MS) return;
      shownAt = now();
      isShown = true;
      stream.write(`\r\u001b[K${textOf(state(), shownAt - begun)}`);
    },
    [Symbol.dispose]() {
      if (isShown) stream.write('\r\u001b[K');
      isShown = false;
    },
  };
}

function textOf({ read, size, events }: Shown, ms: number): string {
  const share = size ? ` of ${megabytes(size)} (${Math.floor((100 * read) / size)} %)` : '';
  const rate = Math.round((events * 1000) / ms).toLocaleString('en');
  return `${megabytes(read)}${share}, ${events.toLocaleString('en')} events, ${rate} a second`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
