import { RemediatorError } from '../../shared/domain/errors.ts';
import type { Clock, Log } from '../../shared/ports.ts';

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #ms: number;

  constructor(start = '2024-05-13T04:10:02.000Z') {
    this.#ms = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#ms);
  }

  advance(ms: number): void {
    this.#ms += ms;
  }

  /** Whoever sleeps lets the clock go on. */
  async sleep(ms: number): Promise<void> {
    this.#ms += ms;
  }
}

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** A log that keeps what it was told. */
export class FakeLog implements Log {
  readonly lines: { level: string; message: string; extra: Readonly<Record<string, unknown>> }[] = [];
  readonly info = (message: string, extra: Readonly<Record<string, unknown>>) =>
    this.#add('info', message, extra);
  readonly warn = (message: string, extra: Readonly<Record<string, unknown>>) =>
    this.#add('warn', message, extra);
  readonly error = (message: string, extra: Readonly<Record<string, unknown>>) =>
    this.#add('error', message, extra);

  #add(level: string, message: string, extra: Readonly<Record<string, unknown>>): void {
    this.lines.push({ level, message, extra });
  }
}

/** The coded error that a function throws; anything else fails the test. */
export function errorOf(run: () => unknown): RemediatorError {
  try {
    run();
  } catch (error) {
    if (error instanceof RemediatorError) return error;
    throw new Error('It threw something other than a RemediatorError', { cause: error });
  }
  throw new Error('It threw nothing');
}
