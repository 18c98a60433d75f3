import { jsonOr } from '../json-or.ts';

/** What an entry of PutEvents does not say. */
export interface Origin {
  readonly account: string;
  readonly region: string;
  readonly now: Date;
}

/** An entry of PutEvents as the event that it becomes; all else as it is. */
export function eventFrom(content: unknown, origin: Origin): unknown {
  return isEntry(content) ? eventOf(content, origin) : content;
}

interface Entry {
  readonly Source: string;
  readonly DetailType?: unknown;
  readonly Detail?: unknown;
  readonly Resources?: unknown;
  readonly Time?: unknown;
}

function isEntry(content: unknown): content is Entry {
  return isObject(content) && typeof content.Source === 'string' && 'DetailType' in content;
}

function eventOf({ Source, DetailType, Detail, Resources, Time }: Entry, { account, region, now }: Origin) {
  return {
    version: '0',
    source: Source,
    'detail-type': DetailType,
    // What is no JSON stays a text: the source says what is wrong with it.
    detail: typeof Detail === 'string' ? jsonOr(Detail, Detail) : Detail,
    resources: Resources ?? [],
    time: typeof Time === 'string' ? Time : now.toISOString(),
    account,
    region,
  };
}

/** `Config Rules Compliance Change of aws.config`. */
export function labelOf(event: unknown): string {
  if (!isObject(event)) return 'something that is no event';
  if (Array.isArray(event.Records)) return 'a record of SNS';
  return `${String(event['detail-type'] ?? 'an event')} of ${String(event.source ?? 'no source')}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
