import type { Mapping } from '../../shared/domain/mapping.ts';
import { CliError } from '../cli-error.ts';

/** What is to be known of a set of mappings by whoever only counts: plain, so that threads can hand it over. */
export interface SetSummary {
  /** Where it is from. */
  readonly path: string;
  /** By the names of the rows' checks; what cannot be read is not among them. */
  readonly mappings: ReadonlyMap<string, Mapping>;
  /** Rows that are never acted upon, and why. */
  readonly broken: readonly string[];
  /** Runbooks that are not among this checkout's documents. */
  readonly assumedRunbooks: readonly string[];
}

/**
 * Refuses rows that could never be acted upon: who asks what they would start has to know first.
 * @throws CliError BROKEN_ROW
 */
export function refuseBroken({ broken, path }: SetSummary): void {
  const [first, ...others] = broken;
  if (first === undefined) return;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  throw new CliError(
    'BROKEN_ROW',
    `${path}: ${first}${more} Where it is: remediator mappings validate <file>`.replaceAll('\n', ' '),
  );
}
