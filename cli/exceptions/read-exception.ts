import { PATTERN_PREFIX, type RemediationException } from '../../shared/domain/exception.ts';
import { patternFault } from '../../shared/domain/match.ts';
import { CliError } from '../cli-error.ts';
import type { ExceptionKey } from './exception-table.ts';

/** How commander gives an exception's key: exactly one of resource and pattern. */
export interface KeyOptions {
  readonly resource?: string;
  readonly pattern?: string;
  readonly check: string;
}

export interface AddOptions extends KeyOptions {
  readonly owner: string;
  readonly reason: string;
  readonly until?: string;
  readonly for?: string;
}

/** DynamoDB's limits of a partition and of a sort key. */
const MAX_RESOURCE_BYTES = 2048;
const MAX_CHECK_BYTES = 1024;
const UNITS_S: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };
/** ISO 8601: a day, or a moment with its offset. */
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** @throws CliError USAGE, PATTERN_INVALID, TOO_LONG */
export function readKey({ resource, pattern, check }: KeyOptions): ExceptionKey {
  if ((resource === undefined) === (pattern === undefined))
    throw new CliError('USAGE', 'Give either --resource, or --pattern');
  if (resource?.startsWith(PATTERN_PREFIX))
    throw new CliError('USAGE', `A resource does not begin with ${PATTERN_PREFIX}: give --pattern`);
  const fault = pattern === undefined ? undefined : patternFault(pattern);
  if (fault !== undefined) throw new CliError('PATTERN_INVALID', `--pattern ${fault}`);
  const key = { resource: resource ?? `${PATTERN_PREFIX}${pattern}`, checkName: check.trim() };
  if (resource?.trim() === '' || pattern === '' || key.checkName === '')
    throw new CliError('USAGE', 'Neither the resource, the pattern nor the check may be empty');
  if (
    Buffer.byteLength(key.resource) > MAX_RESOURCE_BYTES ||
    Buffer.byteLength(key.checkName) > MAX_CHECK_BYTES
  )
    throw new CliError('TOO_LONG', 'A resource or pattern has at most 2,048 bytes, a check 1,024');
  return key;
}

/** @throws CliError USAGE, PATTERN_INVALID, TOO_LONG, NOT_A_TIME, IN_THE_PAST */
export function readException(options: AddOptions, now: Date): RemediationException {
  const { owner, reason } = options;
  if (owner.trim() === '' || reason.trim() === '')
    throw new CliError('USAGE', 'An exception has an --owner and a --reason: somebody answers for it');
  return { ...readKey(options), owner, reason, expiresAt: Math.floor(endOf(options, now).getTime() / 1000) };
}

function endOf({ until, for: span }: AddOptions, now: Date): Date {
  if ((until === undefined) === (span === undefined))
    throw new CliError('USAGE', 'Say when it ends: either --until, or --for');
  const end = span === undefined ? timeIn(until ?? '') : new Date(now.getTime() + secondsIn(span) * 1000);
  if (Number.isNaN(end.getTime()) || end.getTime() > MAX_END_MS)
    throw new CliError(
      'NOT_A_TIME',
      'It ends after the year 9999: nobody will look at it again; end it sooner',
    );
  if (end > now) return end;
  throw new CliError('IN_THE_PAST', `--until ${until} is over; it is ${now.toISOString()} now`);
}

const MAX_END_MS = Date.parse('9999-12-31T23:59:59Z');

function timeIn(text: string): Date {
  const time = new Date(text);
  // Dates such as 2026-02-30 would become another day.
  const isDay =
    !Number.isNaN(time.getTime()) && new Date(text.slice(0, 10)).toISOString().startsWith(text.slice(0, 10));
  if (ISO.test(text) && isDay) return time;
  throw new CliError(
    'NOT_A_TIME',
    `--until ${JSON.stringify(text)} is no time: write 2026-12-31, or 2026-12-31T18:00:00Z (or +01:00)`,
  );
}

function secondsIn(span: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([mhdw])$/.exec(span) ?? [];
  const seconds = Number(count) * (UNITS_S[unit] ?? Number.NaN);
  if (seconds > 0) return seconds;
  throw new CliError('NOT_A_TIME', `--for ${JSON.stringify(span)} is no time: write 90m, 12h, 30d or 8w`);
}
