import { AwsError } from '../../../aws-error.ts';
import type { BucketRecord } from './state.ts';

export const MAX_KEYS = 1000;

export interface ListingRequest {
  readonly prefix: string;
  readonly delimiter: string;
  /** Keys up to and including this one are not listed. */
  readonly after: string;
  readonly maxKeys: number;
}

/** What a listing shows at one position: keys, and what keys have in common up to a delimiter. */
export type Listed =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'prefix'; readonly name: string };

/** One page of keys in the order of their UTF-8 bytes. */
export function listKeys(
  keys: Iterable<string>,
  { prefix, delimiter, after, maxKeys }: ListingRequest,
): { readonly page: readonly Listed[]; readonly isTruncated: boolean } {
  const listed: Listed[] = [];
  const seen = new Set<string>();
  for (const key of [...keys].sort(byBytes)) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? undefined : key.slice(0, end + delimiter.length);
    if (byBytes(common ?? key, after) <= 0) continue;
    if (common === undefined) listed.push({ kind: 'key', name: key });
    else if (!seen.has(common)) listed.push({ kind: 'prefix', name: common });
    if (common !== undefined) seen.add(common);
  }
  return { page: listed.slice(0, maxKeys), isTruncated: maxKeys > 0 && listed.length > maxKeys };
}

/** Keys that have an object: the newest version is no delete marker. */
export function liveKeys(bucket: BucketRecord): string[] {
  return [...bucket.objects].flatMap(([key, versions]) => (versions.at(-1)?.isDeleteMarker ? [] : [key]));
}

/** @throws AwsError InvalidArgument */
export function checkedMaxKeys(maxKeys: number = MAX_KEYS): number {
  if (maxKeys < 0)
    throw new AwsError('InvalidArgument', 'Argument maxKeys must be an integer between 0 and 2147483647');
  return Math.min(maxKeys, MAX_KEYS);
}

/** Keys as clients ask for them: XML cannot carry all characters. */
export function encoderOf(encodingType: string | undefined): (text: string) => string {
  if (encodingType !== 'url') return (text) => text;
  return (text) => encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+');
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
