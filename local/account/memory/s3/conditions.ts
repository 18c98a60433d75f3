import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { text } from '../input.ts';
import { quoted } from './objects.ts';
import type { VersionRecord } from './state.ts';

const time = z.union([z.date(), text.transform((value) => new Date(value))]);

/** Conditions of a read. https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2 */
export const readConditions = {
  IfMatch: text.optional(),
  IfNoneMatch: text.optional(),
  IfModifiedSince: time.optional(),
  IfUnmodifiedSince: time.optional(),
};

type ReadConditions = z.output<z.ZodObject<typeof readConditions>>;

/** @throws AwsError PreconditionFailed, NotModified */
export function assertReadable(version: VersionRecord, conditions: ReadConditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matchesTag(IfMatch, version)) throw failed('If-Match');
  } else if (IfUnmodifiedSince && seconds(version.lastModified) > seconds(IfUnmodifiedSince)) {
    throw failed('If-Unmodified-Since');
  }
  const isUnchanged =
    IfNoneMatch === undefined
      ? IfModifiedSince && seconds(version.lastModified) <= seconds(IfModifiedSince)
      : matchesTag(IfNoneMatch, version);
  if (isUnchanged) throw new AwsError('NotModified', 'Not Modified', { statusCode: 304 });
}

export const writeConditions = { IfMatch: text.optional(), IfNoneMatch: text.optional() };

/**
 * Conditions of a write: that there is none yet (`*`), or the one with that ETag.
 * @throws AwsError PreconditionFailed, NoSuchKey, NotImplemented
 */
export function assertWritable(
  current: VersionRecord | undefined,
  { IfMatch, IfNoneMatch }: z.output<z.ZodObject<typeof writeConditions>>,
): void {
  const existing = current?.isDeleteMarker ? undefined : current;
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') {
    throw new AwsError(
      'NotImplemented',
      'A header you provided implies functionality that is not implemented',
      { statusCode: 501 },
    );
  }
  if (IfNoneMatch !== undefined && existing) throw failed('If-None-Match');
  if (IfMatch === undefined) return;
  if (existing === undefined) {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', { statusCode: 404 });
  }
  if (!matchesTag(IfMatch, existing)) throw failed('If-Match');
}

function matchesTag(wanted: string, { etag }: VersionRecord): boolean {
  return wanted
    .split(',')
    .map((each) => each.trim())
    .some((each) => each === '*' || each === etag || each === quoted(etag));
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

function failed(condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    statusCode: 412,
    details: { Condition: condition },
  });
}
