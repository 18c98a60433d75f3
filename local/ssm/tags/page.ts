import { AwsError } from '../../aws-error.ts';

/** One page of a list, and the token of the next where there is more. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

export interface PageRequest<T> {
  readonly items: readonly T[];
  /** What names an item; the token holds the last one shown, so that new items shift nothing. */
  readonly idOf: (item: T) => string;
  readonly maxResults: number;
  readonly nextToken: string | undefined;
}

/** @throws AwsError InvalidNextToken */
export function page<T>(request: PageRequest<T>): Page<T> {
  const { items, idOf, maxResults, nextToken } = request;
  const start = nextToken === undefined ? 0 : startAfter(items.map(idOf), nextToken);
  const shown = items.slice(start, start + maxResults);
  const last = shown.at(-1);
  return last !== undefined && start + shown.length < items.length
    ? { items: shown, nextToken: Buffer.from(idOf(last)).toString('base64url') }
    : { items: shown };
}

function startAfter(ids: readonly string[], token: string): number {
  const index = ids.indexOf(Buffer.from(token, 'base64url').toString());
  if (index === -1) throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  return index + 1;
}
