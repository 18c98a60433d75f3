import { RemediatorError } from '../../shared/domain/errors.ts';
import { CliError } from '../cli-error.ts';

/** Where calls go, for people. */
export interface Target {
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
}

/** What a call that failed was. */
interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** As much of a client of the SDK as noting its faults needs. */
export interface Failing {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: never) => Promise<unknown>,
        context: { commandName?: string },
      ) => (args: never) => Promise<unknown>,
      options: { step: 'initialize'; name: string },
    ): void;
  };
}

const CALLS = new WeakMap<Error, Call>();

/** Lets a client note, of each error, the call that it is of: the error itself does not say. */
export function noteFaults<Client extends Failing>(client: Client): Client {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args: { readonly input: Call['input'] }) => {
        try {
          return await next(args as never);
        } catch (error) {
          if (error instanceof Error)
            CALLS.set(error, { operation: commandName.replace(/Command$/, ''), input: args.input });
          throw error;
        }
      },
    { step: 'initialize', name: 'noteFaults' },
  );
  return client;
}

const THROTTLES = /Throttl|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown/;
const NO_ACCESS =
  /AccessDenied|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|InvalidClientTokenId|NotAuthorized|MissingAuthenticationToken|IncompleteSignature/;
const NO_CONNECTION =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|EPROTO|CERT|TimeoutError/;

/** One line for whatever AWS, or the way there, answered; anything that is none of theirs is given back as it is. */
export function toCliError(error: unknown, target: Target): unknown {
  if (error instanceof CliError || !(error instanceof Error)) return error;
  if (error instanceof RemediatorError)
    return new CliError(error.code, `${oneLine(error)} ${error.remedy}`, { cause: error });
  const told = tell(error, target);
  return told === undefined ? error : new CliError(told[0], told[1], { cause: error });
}

function tell(error: Error, target: Target): readonly [code: string, message: string] | undefined {
  const { operation = 'the call', input } = CALLS.get(error) ?? {};
  const where = target.endpoint ?? `AWS in ${target.region ?? 'the configured region'}`;
  const reason = oneLine(error);
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError')
    return [
      'NO_CREDENTIALS',
      `There are no credentials (${reason}); log in (aws sso login), name a --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`,
    ];
  if (/region is missing/i.test(reason))
    return ['NO_REGION', 'No region is configured; name the one of the stack with --region'];
  const kind = `${error.name} ${'code' in error ? String(error.code) : ''}`;
  if (NO_CONNECTION.test(kind))
    return [
      'NO_ENDPOINT',
      `Nothing answers at ${where} (${reason || kind.trim()}); start it, or mend --endpoint-url or --region`,
    ];
  if (error.name === 'ResourceNotFoundException' && isOfTable(input))
    return [
      'NO_TABLE',
      `There is no table ${tableIn(input)} at ${where}; deploy Remediator there, name another --region, or the table by its option (--help lists it)`,
    ];
  if (THROTTLES.test(kind))
    return [
      'THROTTLED',
      `${where} takes no more calls at the moment (${operation}: ${reason}); try again in a minute`,
    ];
  if (NO_ACCESS.test(kind))
    return [
      'NO_ACCESS',
      `${operation} at ${where} is not allowed with these credentials (${error.name}: ${reason}); use another --profile, or ask for the permission`,
    ];
  if (!('$metadata' in error)) return undefined;
  return [
    'AWS_REFUSED',
    `${operation} at ${where}: ${error.name}: ${reason || 'no reason is given'}; try again, or mend what it names`,
  ];
}

/** Other services call what they do not have by the same name. */
function isOfTable(input: Call['input'] | undefined): boolean {
  return input === undefined || 'TableName' in input || 'RequestItems' in input || 'TransactItems' in input;
}

function tableIn(input: Call['input'] | undefined): string {
  if (typeof input?.TableName === 'string') return input.TableName;
  const batch = input?.RequestItems;
  return typeof batch === 'object' && batch !== null ? Object.keys(batch).join(', ') : 'of that name';
}

function oneLine({ message }: Error): string {
  return message.replaceAll(/\s+/g, ' ').trim();
}
