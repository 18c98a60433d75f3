import { AwsError } from '../../aws-error.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts; undefined on the last one. */
  readonly nextToken: string | undefined;
}

/** How a service names and refuses the parameters of a page. */
export interface PageRequest {
  readonly maxResults: number | undefined;
  readonly nextToken: string | undefined;
  readonly invalidTokenCode: string;
}

const PREFIX = 'page:';

/** Cuts one page out of a list. Tokens are opaque text that names an offset. */
export function paginate<T>(all: readonly T[], request: PageRequest): Page<T> {
  const start = request.nextToken ? offsetOf(request.nextToken, request.invalidTokenCode) : 0;
  const end = request.maxResults === undefined ? all.length : start + request.maxResults;
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? Buffer.from(`${PREFIX}${end}`).toString('base64url') : undefined,
  };
}

function offsetOf(token: string, invalidTokenCode: string): number {
  const text = Buffer.from(token, 'base64url').toString();
  const offset = text.startsWith(PREFIX) ? Number(text.slice(PREFIX.length)) : Number.NaN;
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new AwsError(invalidTokenCode, 'The specified pagination token is not valid.');
  }
  return offset;
}
