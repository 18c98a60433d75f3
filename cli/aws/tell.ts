import type { Call, Target } from './faults.ts';
import { connection, doubt, type Fault, silence, type Told, tls } from './tell-network.ts';

/** One line for what AWS, or the way there, answered. @returns undefined: it is none of theirs */
export function tell(error: Error, call: Call | undefined, target: Target): Told | undefined {
  const own = 'operation' in error ? String(error.operation) : 'the call';
  const { operation = own, input, endpoint } = call ?? {};
  const code = 'code' in error ? String(error.code) : '';
  const kind = `${error.name} ${code}`.trim();
  const where = target.endpoint ?? endpoint;
  const fault: Fault = {
    error,
    kind,
    reason: withoutHints(error.message) || kind,
    operation,
    input,
    where:
      where === undefined ? `AWS in ${target.region ?? 'the configured region'}` : withoutPassword(where),
    target,
  };
  for (const teller of TELLERS) {
    const told = teller(fault);
    if (told !== undefined) return told;
  }
  return undefined;
}

type Teller = (fault: Fault) => Told | undefined;

const TELLERS: readonly Teller[] = [
  credentials,
  region,
  tls,
  connection,
  silence,
  otherAnswer,
  table,
  throttling,
  access,
  refusal,
];

function credentials({ kind, reason, target: { profile } }: Fault): Told | undefined {
  if (!/^(Credentials|Token)ProviderError/.test(kind)) return undefined;
  const message =
    profile === undefined
      ? `There are no credentials (${reason}); log in (aws sso login), name a --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`
      : `There are no credentials (the profile ${JSON.stringify(profile)} is not there, or gives none: ${reason}); log in (aws sso login --profile …), or name another (aws configure list-profiles)`;
  return ['NO_CREDENTIALS', message];
}

function region({ reason, target: { profile } }: Fault): Told | undefined {
  const why =
    profile === undefined ? '' : ` (the profile ${JSON.stringify(profile)} has none, or is not there)`;
  if (/region is missing/i.test(reason))
    return ['NO_REGION', `No region is configured${why}; name the one of the stack with --region`];
  if (/region not accepted/i.test(reason))
    return [
      'NO_REGION',
      `What is configured as the region is none (${reason}); name the stack's with --region`,
    ];
  return undefined;
}

/** No error of AWS's, but something that the SDK could not even read. */
function otherAnswer(fault: Fault): Told | undefined {
  const { error, kind, where, operation } = fault;
  const strange =
    error.name === 'NotAws' ||
    /HPE_/.test(kind) ||
    /Deserialization error|XML parse error/.test(error.message) ||
    /^Unknown(Error)?$/.test(error.message);
  if (!strange) return undefined;
  const status = statusOf(error);
  const retry = status >= 500 ? 'try again, or ' : '';
  return [
    'NOT_AWS',
    `What answers at ${where} does not know ${operation}${status > 0 ? ` (HTTP ${status})` : ''}, or is not AWS; ${retry}mend --endpoint-url${doubt(fault)}`,
  ];
}

function statusOf(error: Error): number {
  const { $metadata, $response } = error as Error & {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  return $metadata?.httpStatusCode ?? $response?.statusCode ?? 0;
}

const OTHER_KEY =
  /key element does not match|missed key schema element|not have the specified index|type mismatch for/i;

function table({ error, reason, input, where, operation }: Fault): Told | undefined {
  if (!isOfTable(input)) return undefined;
  if (error.name === 'ResourceNotFoundException')
    return [
      'NO_TABLE',
      `There is no table ${tableIn(input)} at ${where}; deploy Remediator there, name another --region, or the table by its option (--help lists it)`,
    ];
  if (error.name === 'ValidationException' && OTHER_KEY.test(reason))
    return [
      'OTHER_TABLE',
      `The table ${tableIn(input)} at ${where} is another than Remediator's (${operation}: ${reason}); name the right one by its option (--help lists it)`,
    ];
  return undefined;
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

const THROTTLES = /Throttl|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown/;

function throttling({ kind, where, operation, reason }: Fault): Told | undefined {
  if (!THROTTLES.test(kind)) return undefined;
  return [
    'THROTTLED',
    `${where} takes no more calls at the moment (${operation}: ${reason}); try again in a minute`,
  ];
}

const NO_ACCESS =
  /AccessDenied|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|RequestExpired|InvalidClientTokenId|NotAuthorized|MissingAuthenticationToken|IncompleteSignature|OptInRequired/;

function access({ error, kind, where, operation, reason }: Fault): Told | undefined {
  if (!NO_ACCESS.test(kind)) return undefined;
  const told = `${error.name}: ${reason}`;
  if (/earlier than|later than|not yet current/i.test(reason))
    return ['NO_ACCESS', `${where} does not believe the time of this machine (${told}); set its clock`];
  if (/Expired/.test(kind))
    return [
      'NO_ACCESS',
      `The credentials have expired (${operation} at ${where}: ${told}); log in again (aws sso login), or use another --profile`,
    ];
  if (/UnrecognizedClient|InvalidClientTokenId|OptInRequired/.test(kind))
    return [
      'NO_ACCESS',
      `${where} does not know these credentials (${operation}: ${told}); use another --profile, log in again, or enable the region for the account`,
    ];
  return [
    'NO_ACCESS',
    `${operation} at ${where} is not allowed with these credentials (${told}); use another --profile, or ask for the permission`,
  ];
}

function refusal({ error, where, operation, reason }: Fault): Told | undefined {
  if (!('$metadata' in error)) return undefined;
  return [
    'AWS_REFUSED',
    `${operation} at ${where}: ${error.name}: ${reason === error.name ? 'no reason is given' : reason}; try again, or mend what it names`,
  ];
}

function withoutHints(message: string): string {
  return message
    .replace(/Deserialization error: to see the raw response.*$/s, '')
    .replace(/^@smithy\/[\w-]+ - (\[\w+\] )?/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, '//');
}
