import { AwsError } from '../../aws-error.ts';
import type { JsonObject, Operation, RequestContext } from '../../service.ts';
import { toEventTime } from '../bus.ts';
import type { EventPublisher, NewEvent } from '../event.ts';

const MAX_ENTRIES = 10;
const MAX_REQUEST_BYTES = 1024 * 1024;
const MAX_DETAIL_TYPE_CHARACTERS = 128;
/** What a `Time` counts for in the size of an entry. */
const TIME_BYTES = 14;

type EntryResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/**
 * PutEvents. An entry that is not valid fails by itself, the others are published. Sources that begin with `aws.` are
 * AWS's own in the cloud; here they are allowed, so that AWS's events can be replayed.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function putEvents(bus: EventPublisher): Operation {
  return (input, context) => {
    const entries = readEntries(input.Entries);
    const results = entries.map((entry) => putEntry(entry, { bus, context }));
    const failed = results.filter((result) => 'ErrorCode' in result).length;
    return { FailedEntryCount: failed, Entries: results };
  };
}

interface Entry {
  readonly Time?: Date;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources: readonly string[];
}

function readEntries(value: unknown): Entry[] {
  if (value === undefined || value === null) throw invalidEntries('Member must not be null');
  if (!Array.isArray(value)) throw wrongType('Entries');
  if (value.length === 0) throw invalidEntries('Member must have length greater than or equal to 1');
  if (value.length > MAX_ENTRIES) {
    throw invalidEntries(`Member must have length less than or equal to ${MAX_ENTRIES}`);
  }
  const entries = value.map(readEntry);
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > MAX_REQUEST_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return entries;
}

function readEntry(value: unknown): Entry {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType('Entries');
  const raw = value as JsonObject;
  const texts: Partial<Record<'Source' | 'DetailType' | 'Detail' | 'EventBusName', string>> = {};
  for (const member of ['Source', 'DetailType', 'Detail', 'EventBusName'] as const) {
    const text = raw[member];
    if (text === undefined || text === null) continue;
    if (typeof text !== 'string') throw wrongType(member);
    texts[member] = text;
  }
  const resources: unknown = raw.Resources ?? [];
  if (!Array.isArray(resources) || !resources.every((item) => typeof item === 'string')) {
    throw wrongType('Resources');
  }
  const time = raw.Time ?? undefined;
  return { ...texts, Resources: resources, ...(time === undefined ? {} : { Time: readTime(time) }) };
}

function readTime(value: unknown): Date {
  const time = typeof value === 'number' ? new Date(value * 1000) : new Date(String(value));
  if (Number.isNaN(time.getTime())) throw wrongType('Time');
  return time;
}

function putEntry(
  entry: Entry,
  { bus, context }: { bus: EventPublisher; context: RequestContext },
): EntryResult {
  const { Source, DetailType, Detail } = entry;
  if (!Source) return invalidArgument('Source', 'Source is a required argument.');
  if (!DetailType) return invalidArgument('DetailType', 'DetailType is a required argument.');
  if (DetailType.length > MAX_DETAIL_TYPE_CHARACTERS) {
    return invalidArgument(
      'DetailType',
      `DetailType is longer than ${MAX_DETAIL_TYPE_CHARACTERS} characters.`,
    );
  }
  if (!Detail) return invalidArgument('Detail', 'Detail is a required argument.');
  if (!isDefaultBus(entry.EventBusName, context)) {
    return invalidArgument('EventBusName', `Event bus ${entry.EventBusName} does not exist.`);
  }
  const detail = parseDetail(Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const event: NewEvent = {
    source: Source,
    'detail-type': DetailType,
    detail,
    resources: entry.Resources,
    account: context.accountId,
    region: context.region,
    ...(entry.Time ? { time: toEventTime(entry.Time) } : {}),
  };
  return { EventId: bus.publish(event).id };
}

function parseDetail(json: string): JsonObject | undefined {
  try {
    const detail: unknown = JSON.parse(json);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail)
      ? (detail as JsonObject)
      : undefined;
  } catch {
    // The entry's own error says so; the other entries go on.
    return undefined;
  }
}

function isDefaultBus(name: string | undefined, { accountId, region }: RequestContext): boolean {
  return (
    name === undefined ||
    name === 'default' ||
    name === `arn:aws:events:${region}:${accountId}:event-bus/default`
  );
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html, 'Calculating PutEvents event entry size' */
function sizeOf(entry: Entry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...entry.Resources];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return bytes + (entry.Time ? TIME_BYTES : 0);
}

function invalidArgument(parameter: string, reason: string): EntryResult {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}`,
  };
}

function invalidEntries(constraint: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value at 'entries' failed to satisfy constraint: ${constraint}`,
  );
}

function wrongType(member: string): AwsError {
  return new AwsError('SerializationException', `${member} has a value of the wrong type`);
}
