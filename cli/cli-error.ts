/** A person's mistake: one line on standard error that says what to do, and exit code 2. */
export class CliError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'CliError';
    this.code = code;
  }
}
