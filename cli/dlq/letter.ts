import type { FunctionDefinition } from '../../local/service-definition/service-definition.ts';
import type { Position, RawMessage } from './ports.ts';

/** What a message in a failure queue is: an event, a call, a notification that was not taken; part of a stream. */
export type Kind = 'event' | 'invocation' | 'notification' | 'batch';

/** A message that has been understood. */
export interface Letter {
  readonly kind: Kind;
  readonly fn: FunctionDefinition;
  /** What it is about, in a few words. */
  readonly about: string;
  /** Why it failed. */
  readonly why: string;
  readonly content:
    | {
        readonly type: 'event';
        readonly event: unknown;
        /** One of those with the same text is enough. */
        readonly once?: string;
      }
    | { readonly type: 'records'; readonly position: Position };
}

/** A message that has not. */
export interface Illegible {
  readonly kind: 'unknown';
  /** Why nothing can be done with it. */
  readonly why: string;
}

/** What a message is read with. */
export interface Reading {
  readonly message: RawMessage;
  /** The body, parsed. */
  readonly body: Readonly<Record<string, unknown>>;
  /** A function of the stack by its ARN; others are never called, whatever a message says. */
  readonly functionOf: (arn: unknown) => FunctionDefinition | undefined;
  /** Where the message itself does not name its function. */
  readonly fallback: FunctionDefinition | undefined;
}

/** One kind of message. @returns undefined: it is of another kind */
export type LetterReader = (reading: Reading) => Letter | Illegible | undefined;

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
