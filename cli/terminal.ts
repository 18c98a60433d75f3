/** Columns of what is not a terminal. */
const DEFAULT_COLUMNS = 120;
const FEWEST_COLUMNS = 40;
const LONG_MS = 1000;

/** Standard output, as far as lines and one line that changes go. */
export interface Screen {
  readonly columns: number;
  print(line: string): void;
  /** Shows a line that the next one takes the place of; where the output is no terminal, only if it stands for long. */
  flash(line: string): void;
}

export function openScreen(stream: NodeJS.WriteStream = process.stdout): Screen {
  let flashed = false;
  let later: NodeJS.Timeout | undefined;
  const clear = () => {
    clearTimeout(later);
    if (flashed) stream.write('\r\u001b[K');
    flashed = false;
  };
  return {
    get columns() {
      return Math.max(stream.columns ?? DEFAULT_COLUMNS, FEWEST_COLUMNS);
    },
    print: (line) => {
      clear();
      stream.write(`${line}\n`);
    },
    flash: (line) => {
      clear();
      if (!stream.isTTY) {
        later = setTimeout(() => stream.write(`${line}\n`), LONG_MS);
        return;
      }
      stream.write(line);
      flashed = true;
    },
  };
}

/**
 * Lets the process go on where nobody reads its output any more (`| head`), or it can't be written (a full disk): what
 * it does must not end half-way. In the latter case it says so, and success becomes exit code 2.
 */
export function outliveReaders(): void {
  let told = false;
  process.stdout.removeAllListeners('error').on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || told) return;
    told = true;
    process.stderr.write(`error: the output can't be written (${error.message})\n`);
    process.once('exit', () => {
      process.exitCode ||= 2;
    });
  });
}

/** A text that fits into so many columns. */
export function shorten(text: string, columns: number): string {
  const characters = [...text];
  return characters.length <= columns ? text : `${characters.slice(0, Math.max(columns - 1, 0)).join('')}…`;
}

/**
 * Without what a terminal would take for a command, or what would turn the order of what is read: the text may be
 * anybody's.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
