import { printable } from './terminal.ts';

/** A person's mistake, or a refusal: one line on standard error that says what to do, and an exit code. */
export class CliError extends Error {
  readonly code: string;
  /** 1: it was refused, nothing was changed. 2: it could not be done. */
  readonly exitCode: number;

  constructor(code: string, message: string, options: { cause?: unknown; exitCode?: number } = {}) {
    // What it names may be anybody's.
    super(printable(message), options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'CliError';
    this.code = code;
    this.exitCode = options.exitCode ?? 2;
  }
}
