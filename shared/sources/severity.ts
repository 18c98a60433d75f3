import type { Finding, Status } from '../domain/finding.ts';

/** What a source's word comes to. */
export type Judgement = Pick<Finding, 'status' | 'statusReason'>;

const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['fatal', 'Red'],
  ['critical', 'Red'],
  ['high', 'Red'],
  ['medium', 'Yellow'],
  ['low', 'Yellow'],
  // Nobody has judged it yet, or nobody could.
  ['untriaged', 'Yellow'],
  ['unknown', 'Yellow'],
]);

/** How bad an open finding is, by its severity; undefined where that is none. */
export function judgementOf(severity: string | null | undefined): Judgement | undefined {
  const label = severity?.trim().toLowerCase() ?? '';
  if (label === 'informational') return green('INFORMATIONAL: nothing is wrong, it is for information');
  const status = STATUSES.get(label);
  return status && { status };
}

/** Green, and why although the problem may be there. */
export function green(statusReason: string): Judgement {
  return { status: 'Green', statusReason };
}
