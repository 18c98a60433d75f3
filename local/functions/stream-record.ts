import type { _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';

/** A stream record as a function is given it. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export interface LambdaStreamRecord {
  readonly eventID: string | undefined;
  readonly eventName: string | undefined;
  readonly eventVersion: string | undefined;
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly userIdentity?: { readonly principalId: string | undefined; readonly type: string | undefined };
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly SequenceNumber: string };
}

/** A record on its way to a function. */
export interface PendingRecord {
  readonly record: LambdaStreamRecord;
  readonly sequenceNumber: string;
  /** Names the item: records of one item keep their order. */
  readonly itemKey: string;
  readonly arrivedAt: Date;
  readonly shardId: string;
  readonly streamArn: string;
}

export interface RecordSource {
  readonly streamArn: string;
  readonly shardId: string;
  /** Of the deployed service: an endpoint on a laptop may name a region of its own. */
  readonly region: string;
  /** When the record was read, for an endpoint that does not say when it was written. */
  readonly readAt: Date;
}

/** From the SDK's shape (dates, bytes) to that of the event (epoch seconds, base64). */
export function toPendingRecord(record: SdkRecord, source: RecordSource): PendingRecord {
  const { dynamodb = {}, userIdentity } = record;
  const arrivedAt = dynamodb.ApproximateCreationDateTime ?? source.readAt;
  const sequenceNumber = dynamodb.SequenceNumber ?? '';
  return {
    record: {
      eventID: record.eventID,
      eventName: record.eventName,
      eventVersion: record.eventVersion,
      eventSource: 'aws:dynamodb',
      awsRegion: source.region,
      dynamodb: {
        ...withJsonValues(dynamodb),
        ApproximateCreationDateTime: Math.floor(arrivedAt.getTime() / 1000),
        SequenceNumber: sequenceNumber,
      },
      eventSourceARN: source.streamArn,
      ...(userIdentity && {
        userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type },
      }),
    },
    sequenceNumber,
    itemKey: itemKey(dynamodb.Keys ?? {}),
    arrivedAt,
    shardId: source.shardId,
    streamArn: source.streamArn,
  };
}

function itemKey(keys: object): string {
  const sorted = Object.entries(keys).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(sorted.map(([name, value]) => [name, toJsonValue(value)]));
}

const withJsonValues = (value: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, toJsonValue(item)]),
  );

function toJsonValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toJsonValue);
  return typeof value === 'object' && value !== null ? withJsonValues(value) : value;
}
