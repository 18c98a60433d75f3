import { eventFrom, type Origin } from '../explain/event-from.ts';

/** A line that holds no event in any form. */
export class Unreadable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Unreadable';
  }
}

/** Lists in lists, messages in messages: what goes deeper is nothing that AWS records. */
const DEEPEST = 5;

/** `2026-11-20T10:00:00.000Z {…}`: a log group's export to S3. */
const EXPORTED = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z\s+(?=\S)/;

/**
 * The events of a line, as functions get them: an event itself, an entry of PutEvents, a record of SNS; a log event as
 * CloudWatch Logs, its export to S3 or Logs Insights give it; or a list of any of these.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
 * @throws Unreadable
 */
export function eventsInLine(line: string, origin: Origin): readonly unknown[] {
  return eventsIn(parsed(line.replace(EXPORTED, '')), origin);
}

/** The events of something that was JSON. @throws Unreadable */
export function eventsIn(content: unknown, origin: Origin, depth = 0): readonly unknown[] {
  if (depth > DEEPEST) throw new Unreadable('it holds lists within lists, and no event');
  const inner = (each: unknown) => eventsIn(each, origin, depth + 1);
  if (Array.isArray(content)) {
    const fields = fieldsOf(content);
    return fields === undefined ? content.flatMap(inner) : inner(fields);
  }
  if (!isObject(content))
    throw new Unreadable(`it is ${JSON.stringify(content)?.slice(0, 40)}, and no event`);
  if (typeof content.source === 'string' || Array.isArray(content.Records)) return [content];
  if (content.EventSource === 'aws:sns') return [{ Records: [content] }];
  const message = content.message ?? content['@message'];
  if (typeof message === 'string') return inner(parsed(message.replace(EXPORTED, '')));
  if (isObject(message)) return inner(message);
  for (const key of LISTS) if (Array.isArray(content[key])) return inner(content[key]);
  return [eventFrom(content, origin)];
}

/** What a document's list of events is called: by the AWS CLI's answers, and in a file of entries. */
const LISTS = ['events', 'Entries', 'results'] as const;

/** A record of Logs Insights: `[{"field": "@message", "value": "…"}, …]`. */
function fieldsOf(list: readonly unknown[]): Readonly<Record<string, unknown>> | undefined {
  const fields = list.filter(isField);
  if (fields.length === 0 || fields.length < list.length) return undefined;
  return Object.fromEntries(fields.map(({ field, value }) => [field, value]));
}

function isField(value: unknown): value is { readonly field: string; readonly value: unknown } {
  return isObject(value) && typeof value.field === 'string' && 'value' in value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unreadable(`it is not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
