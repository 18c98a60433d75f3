import { namesOf } from './check-names.ts';
import type { CheckNames, Finding } from './finding.ts';
import { finds, patternFault } from './match.ts';

/** Begins a `resource` that is a pattern (RE2, searched) and not a resource itself. */
export const PATTERN_PREFIX = 'regex:';
/** As `checkName`: every check. */
const EVERY_CHECK = '*';

/** One row of RemediationExceptionTable: somebody answers for leaving a resource as it is, for a time. */
export interface RemediationException {
  /** A resource as findings name it, or `regex:` and a pattern. */
  readonly resource: string;
  /** A check, by any of its names, or `*`. */
  readonly checkName: string;
  readonly owner: string;
  readonly reason: string;
  /** Seconds since 1970; undefined: it does not end by itself. */
  readonly expiresAt?: number | undefined;
}

/**
 * The exception that holds for a finding at a time, if there is one: of several the one that lasts longest.
 * One whose pattern is broken holds for every resource of its check: what it meant to spare cannot be known.
 */
export function exceptionFor(
  exceptions: readonly RemediationException[],
  finding: Pick<Finding, 'resource' | keyof CheckNames>,
  now: Date,
): RemediationException | undefined {
  if (exceptions.length === 0) return undefined;
  const names = new Set(namesOf(finding).map((name) => name.trim()));
  return exceptions
    .filter((exception) => now.getTime() < endOf(exception) && covers(exception, finding.resource, names))
    .toSorted((a, b) => endOf(b) - endOf(a))[0];
}

/** What a Date can hold. */
const MAX_DATE_MS = 8.64e15;

/** When an exception ends, in milliseconds. What is no time of this world (microseconds, say) does not end it. */
export function endOf({ expiresAt }: RemediationException): number {
  const end = (expiresAt ?? Number.POSITIVE_INFINITY) * 1000;
  return Math.abs(end) <= MAX_DATE_MS ? end : Number.POSITIVE_INFINITY;
}

function covers(
  { resource, checkName }: RemediationException,
  of: string,
  names: ReadonlySet<string>,
): boolean {
  if (checkName !== EVERY_CHECK && !names.has(checkName.trim())) return false;
  if (!resource.startsWith(PATTERN_PREFIX)) return resource === of;
  const pattern = resource.slice(PATTERN_PREFIX.length);
  return patternFault(pattern) !== undefined || finds(pattern, of);
}
