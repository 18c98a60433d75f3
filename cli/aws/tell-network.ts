import type { Call, Target } from './faults.ts';

/** What happened, and what to do: a code, and one line. */
export type Told = readonly [code: string, message: string];

/** An error, as it is told. */
export interface Fault {
  readonly error: Error;
  /** Its name, and the code of what the network said. */
  readonly kind: string;
  /** The message, in one line, without what the SDK says to programmers. */
  readonly reason: string;
  readonly operation: string;
  readonly input: Call['input'] | undefined;
  /** For people: `http://127.0.0.1:4566`, `AWS in eu-west-1`. */
  readonly where: string;
  readonly target: Target;
}

/** Whoever answers wants another kind of connection. */
export function tls({ kind, where, operation }: Fault): Told | undefined {
  if (/EPROTO/.test(kind))
    return ['NO_ENDPOINT', `What answers at ${where} speaks no TLS (${operation}); http:// may be meant`];
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(kind))
    return [
      'NO_ENDPOINT',
      `The certificate of ${where} is not trusted (${kind}); name its authority's file in NODE_EXTRA_CA_CERTS, or mend --endpoint-url`,
    ];
  return undefined;
}

/** Nobody answers in time. */
export function silence(fault: Fault): Told | undefined {
  if (!/TimeoutError|ETIMEDOUT/.test(fault.kind)) return undefined;
  return [
    'NO_ENDPOINT',
    `${fault.where} does not answer: each try took too long; ${mend(fault)}${doubt(fault)}`,
  ];
}

/** The SDK gives a connection that was closed the name of one that took too long: the code goes before. */
export function connection(fault: Fault): Told | undefined {
  const { kind, reason, where } = fault;
  const lost = /ECONNRESET|EPIPE|aborted/.test(kind);
  if (!lost && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/.test(kind)) return undefined;
  return [
    'NO_ENDPOINT',
    `Nothing answers at ${where} (${reason}); ${mend(fault)}${lost ? doubt(fault) : ''}`,
  ];
}

function mend({ target: { endpoint } }: Fault): string {
  return endpoint === undefined
    ? 'look at the network, or mend --region'
    : 'start it, or mend --endpoint-url';
}

/** A write whose answer was lost may have been made. */
export function doubt({ operation }: Fault): string {
  return /^(Update|Put|Delete|Transact|Create|Start|Send|Invoke)/.test(operation)
    ? `. Whether it did ${operation} is not known: look before you say it again`
    : '';
}
