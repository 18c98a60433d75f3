import { RemediatorError } from '../../shared/domain/errors.ts';
import { CliError } from '../cli-error.ts';
import { tell } from './tell.ts';

/** Where calls go, for people. */
export interface Target {
  readonly region: string | undefined;
  /** That was named for all calls. */
  readonly endpoint: string | undefined;
  readonly profile?: string | undefined;
}

/** What a call that failed was. */
export interface Call {
  /** The client's class, such as `LambdaClient`. */
  readonly client: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Where it went, if not to AWS itself. */
  readonly endpoint?: string | undefined;
}

/** An answer without what AWS's always has. */
export class NotAws extends Error {
  override readonly name = 'NotAws';
  readonly operation: string;

  constructor(operation: string, missing: string) {
    super(`${operation} was answered without ${missing}`);
    this.operation = operation;
  }
}

interface Context {
  readonly commandName?: string;
  readonly clientName?: string;
  /** Known once the call has been made ready. */
  readonly endpointV2?: { readonly url: URL };
}

/** As much of a client of the SDK as noting its faults needs. */
export interface Failing {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: never) => Promise<unknown>,
        context: Context,
      ) => (args: never) => Promise<unknown>,
      options: { step: 'initialize'; name: string },
    ): void;
  };
}

const CALLS = new WeakMap<Error, Call>();

/** Lets a client note, of each error, the call that it is of: the error itself does not say. */
export function noteFaults<Client extends Failing>(client: Client): Client {
  client.middlewareStack.add(
    (next, context) => async (args: { readonly input: Call['input'] }) => {
      try {
        return await next(args as never);
      } catch (error) {
        if (error instanceof Error)
          CALLS.set(error, {
            client: context.clientName ?? '',
            operation: (context.commandName ?? '').replace(/Command$/, ''),
            input: args.input,
            endpoint: elsewhere(context.endpointV2?.url),
          });
        throw error;
      }
    },
    { step: 'initialize', name: 'noteFaults' },
  );
  return client;
}

function elsewhere(url: URL | undefined): string | undefined {
  return url === undefined || /\.amazonaws\.com(\.cn)?$|\.api\.aws$/.test(url.hostname)
    ? undefined
    : url.origin;
}

/** The call that an error is of, where a client that notes its faults made it. */
export function callOf(error: Error): Call | undefined {
  return CALLS.get(error);
}

/** One line for whatever AWS, or the way there, answered; anything that is none of theirs is given back as it is. */
export function toCliError(error: unknown, target: Target): unknown {
  if (error instanceof CliError || !(error instanceof Error)) return error;
  if (error instanceof RemediatorError)
    return new CliError(error.code, `${oneLine(error)} ${error.remedy}`, { cause: error });
  const told = tell(error, CALLS.get(error), target);
  return told === undefined ? error : new CliError(told[0], told[1], { cause: error });
}

function oneLine({ message }: Error): string {
  return message.replaceAll(/\s+/g, ' ').trim();
}
