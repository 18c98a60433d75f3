import type { _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import { toPendingRecord } from '../../../../local/functions/stream-record.ts';

const source = {
  streamArn: 'arn:aws:dynamodb:dynoxide:000000000000:table/Items/stream/1',
  shardId: 'shardId-1',
  region: 'us-east-1',
  readAt: new Date('2026-01-02T03:04:05.678Z'),
};

const record: SdkRecord = {
  eventID: '1',
  eventName: 'MODIFY',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'dynoxide',
  dynamodb: {
    ApproximateCreationDateTime: new Date('2026-01-02T03:04:00.000Z'),
    Keys: { id: { S: 'a' }, sort: { N: '1' } },
    NewImage: {
      id: { S: 'a' },
      bytes: { B: Uint8Array.from([104, 105]) },
      more: { BS: [Uint8Array.from([1])] },
      nested: { M: { list: { L: [{ B: Uint8Array.from([2]) }, { NULL: true }] } } },
    },
    SequenceNumber: '7',
    SizeBytes: 34,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
};

describe('toPendingRecord', () => {
  it("turns the SDK's record into the event's", () => {
    expect(toPendingRecord(record, source).record).toEqual({
      eventID: '1',
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: source.streamArn,
      dynamodb: {
        ApproximateCreationDateTime: 1767323040,
        Keys: { id: { S: 'a' }, sort: { N: '1' } },
        NewImage: {
          id: { S: 'a' },
          bytes: { B: 'aGk=' },
          more: { BS: ['AQ=='] },
          nested: { M: { list: { L: [{ B: 'Ag==' }, { NULL: true }] } } },
        },
        SequenceNumber: '7',
        SizeBytes: 34,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
  });

  it('names the item by its whole key, whatever the order of its attributes', () => {
    const keyOf = (Keys: NonNullable<SdkRecord['dynamodb']>['Keys']) =>
      toPendingRecord({ ...record, dynamodb: { ...record.dynamodb, Keys } }, source).itemKey;
    expect(keyOf({ sort: { N: '1' }, id: { S: 'a' } })).toBe(keyOf({ id: { S: 'a' }, sort: { N: '1' } }));
    expect(keyOf({ id: { S: 'a' }, sort: { N: '2' } })).not.toBe(keyOf({ id: { S: 'a' }, sort: { N: '1' } }));
  });

  it('says who deleted an item whose time to live was over', () => {
    const deleted = { ...record, userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' } };
    expect(toPendingRecord(deleted, source).record.userIdentity).toEqual({
      principalId: 'dynamodb.amazonaws.com',
      type: 'Service',
    });
  });

  it('takes the time of reading where the endpoint gives none', () => {
    const { arrivedAt, record: event } = toPendingRecord(
      { ...record, dynamodb: { SequenceNumber: '1' } },
      source,
    );
    expect(arrivedAt).toEqual(source.readAt);
    expect(event.dynamodb.ApproximateCreationDateTime).toBe(1767323045);
  });
});
